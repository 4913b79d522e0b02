"use client";

import { Button, Group, Progress, SegmentedControl, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { FileUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { TakenAs } from "#lib/ingest/import.ts";
import { formatBytes } from "../../../_ui/bytes.ts";
import type { UploadState } from "./upload.ts";
import classes from "./upload-area.module.css";

const TAKEN_AS: { value: TakenAs; label: string }[] = [
  { value: "auto", label: "By age" },
  { value: "live", label: "Live" },
  { value: "history", label: "History" },
];

/** Where files are dropped or chosen, and how far each upload has come. */
export function UploadArea({ maxBytes }: { maxBytes: number }) {
  const router = useRouter();
  const openPicker = useRef<() => void>(null);
  const [takenAs, setTakenAs] = useState<TakenAs>("auto");
  const [uploads, setUploads] = useState<UploadState[]>([]);

  const report = (state: UploadState) => {
    setUploads((before) => [...before.filter(({ key }) => key !== state.key), state]);
    if (state.step === "stored") {
      setUploads((before) => before.filter(({ key }) => key !== state.key));
      router.refresh();
    }
  };
  const add = async (files: File[]) => {
    // No part of the page's first load: most who come here only look.
    const uploading = await import("./upload.ts").catch(() => null);
    for (const file of files) {
      if (uploading) uploading.startUpload(file, { takenAs, maxBytes, report });
      else report(lost(file));
    }
  };

  return (
    <section className={classes.area} aria-label="Upload logs">
      <Dropzone
        onDrop={(files) => void add(files)}
        openRef={openPicker}
        activateOnClick={false}
        activateOnKeyboard={false}
        enablePointerEvents
        tabIndex={-1}
        multiple
        className={classes.drop}
        useFsAccessApi={false}
      >
        <Group justify="space-between" wrap="wrap" gap="md">
          <Group gap="sm" wrap="nowrap">
            <FileUp size={20} aria-hidden="true" />
            <div>
              <Text size="sm">Drop logs of clouds, registries or clusters here, or choose them.</Text>
              <Text size="xs" c="dimmed">
                JSON or CSV in any of their export forms, plain, gzip, zstd, zip or tar; up to{" "}
                {formatBytes(maxBytes)} each.
              </Text>
            </div>
          </Group>
          <Group gap="sm">
            <SegmentedControl
              size="xs"
              data={TAKEN_AS}
              value={takenAs}
              onChange={(value) => setTakenAs(value as TakenAs)}
              aria-label="Taken as: by age, live or history"
            />
            <Button size="xs" onClick={() => openPicker.current?.()}>
              Choose files
            </Button>
          </Group>
        </Group>
      </Dropzone>
      <Text size="xs" c="dimmed" mt={4}>
        {TAKEN_AS_HINTS[takenAs]}
      </Text>
      <ul className={classes.uploads} aria-label="Uploads" aria-live="polite">
        {uploads.map((upload) => (
          <li key={upload.key} className={classes.upload}>
            <span className={classes.name}>{upload.name}</span>
            {upload.step === "failed" ? (
              <span className={classes.failed} role="alert">
                {upload.sentence}
              </span>
            ) : (
              <>
                <Progress
                  value={(100 * upload.sent) / Math.max(1, upload.size)}
                  size="sm"
                  className={classes.bar}
                  aria-label={`Upload of ${upload.name}`}
                />
                <span className={classes.bytes}>
                  {formatBytes(upload.sent)} of {formatBytes(upload.size)}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function lost({ name, size }: File): UploadState {
  const sentence = "The connection was lost. Choose the file again.";
  return { key: crypto.randomUUID(), name, size, sent: 0, step: "failed", sentence };
}

const TAKEN_AS_HINTS = {
  auto: "By age: alerts whose window ended more than 7 days ago are taken as history, the others live.",
  live: "Live: all alerts of these files belong to the queue, however old.",
  history: "History: these files feed lists and baselines, and stay out of the default queue.",
} as const satisfies Record<TakenAs, string>;
