"use client";

import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import type { TakenAs } from "#lib/ingest/import.ts";
import type { Limits } from "#lib/limits.ts";
import { formatBytes } from "../../../_ui/bytes.ts";
import { uploads } from "../../_uploads/uploads.ts";
import classes from "./upload-area.module.css";
import { UploadLimits } from "./upload-limits.tsx";
import { UploadList } from "./upload-list.tsx";

const TAKEN_AS: { value: TakenAs; label: string }[] = [
  { value: "auto", label: "By age" },
  { value: "live", label: "Live" },
  { value: "history", label: "History" },
];

/** Where files are dropped or chosen, what bounds them, and how far each is. */
export function UploadArea({ limits }: { limits: Limits }) {
  const openPicker = useRef<() => void>(null);
  const [takenAs, setTakenAs] = useState<TakenAs>("auto");
  const maxBytes = limits.uploadBytes;
  const add = (files: File[]) => {
    for (const file of files.filter(({ size }) => size > maxBytes)) {
      uploads.refuse(
        file,
        takenAs,
        `It has ${formatBytes(file.size)}; at most ${formatBytes(maxBytes)} can be uploaded.`,
      );
    }
    uploads.add(
      files.filter(({ size }) => size <= maxBytes),
      takenAs,
    );
  };

  return (
    <section className={classes.area} aria-label="Upload logs">
      <Dropzone
        onDrop={add}
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
      <UploadLimits limits={limits} />
      <UploadList maxBytes={maxBytes} />
    </section>
  );
}

const TAKEN_AS_HINTS = {
  auto: "By age: alerts whose window ended more than 7 days ago are taken as history, the others live.",
  live: "Live: all alerts of these files belong to the queue, however old.",
  history: "History: these files feed lists and baselines, and stay out of the default queue.",
} as const satisfies Record<TakenAs, string>;
