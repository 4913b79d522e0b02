"use client";

import { Button, Menu, Progress } from "@mantine/core";
import { formatBytes } from "../../../_ui/bytes.ts";
import { timeLeftWords } from "../../_uploads/rate.ts";
import type { QueuedUpload } from "../../_uploads/upload-queue.ts";
import { uploads } from "../../_uploads/uploads.ts";
import classes from "./upload-area.module.css";
import { TAKEN_AS_WORDS } from "./words.ts";

type UploadRowProps = { upload: QueuedUpload; maxBytes: number; onCancelled: () => void };

export function UploadRow({ upload, maxBytes, onCancelled }: UploadRowProps) {
  const { key, name, size, sent, step, sentence, takenAs } = upload;
  const isHeld = step === "paused" || step === "refused";
  const canGoOn = size <= maxBytes;
  return (
    <li className={classes.upload}>
      <bdi className={classes.name} title={name}>
        {name}
      </bdi>
      <Progress
        value={(100 * sent) / Math.max(1, size)}
        size="sm"
        className={classes.bar}
        aria-label={`Upload of ${name}`}
      />
      <span className={classes.how} data-step={step} title={sentence ?? undefined}>
        {howWords(upload)}
        {takenAs === "auto" ? "" : ` · ${TAKEN_AS_WORDS[takenAs]}`}
      </span>
      <span className={classes.buttons}>
        {canGoOn ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${isHeld ? "Go on with" : "Pause"} ${name}`}
            onClick={() => (isHeld ? uploads.goOn(key) : uploads.pause(key))}
          >
            {isHeld ? "Go on" : "Pause"}
          </Button>
        ) : null}
        <Cancel upload={upload} onCancelled={onCancelled} />
      </span>
    </li>
  );
}

/** Asks first when something has been sent: it may have taken hours. */
function Cancel({ upload, onCancelled }: Pick<UploadRowProps, "upload" | "onCancelled">) {
  const { key, name, sent } = upload;
  const cancel = async () => {
    await uploads.cancel(key);
    onCancelled();
  };
  const label = `Cancel ${name}`;
  if (sent === 0) {
    return (
      <Button size="compact-xs" variant="default" aria-label={label} onClick={() => void cancel()}>
        Cancel
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button size="compact-xs" variant="default" aria-label={label}>
          Cancel
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void cancel()}>Discard the {formatBytes(sent)} that are sent</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function howWords({ step, sent, size, bytesPerSecond, sentence }: QueuedUpload): string {
  const far = `${formatBytes(sent)} of ${formatBytes(size)}`;
  if (step === "waiting") return sent > 0 ? `${far}, waits its turn` : `${formatBytes(size)}, waits its turn`;
  if (step === "paused") return `${far}, paused`;
  if (sentence !== null) return sent > 0 ? `${far}. ${sentence}` : sentence;
  if (sent === size && size > 0) return `${far}, being stored`;
  const speed = bytesPerSecond === null ? "" : `${formatBytes(Math.round(bytesPerSecond))}/s`;
  return [far, speed, timeLeftWords(size - sent, bytesPerSecond)].filter(Boolean).join(" · ");
}
