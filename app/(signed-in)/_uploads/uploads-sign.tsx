"use client";

import { useEffect } from "react";
import shell from "../_shell/shell.module.css";
import { isActive, type QueuedUpload } from "./upload-queue.ts";
import { askBeforeLeaving, uploads, useUploads } from "./uploads.ts";

/** Tells on every page that files are on their way, and keeps them going while one is elsewhere. */
export function UploadsSign({ personId }: { personId: string }) {
  const queued = useUploads();
  useEffect(() => uploads.belongTo(personId), [personId]);
  useEffect(() => askBeforeLeaving(), []);
  if (queued.length === 0) return null;
  const { mark, more = "", words } = signOf(queued);
  return (
    <span className={shell.attention} title={words}>
      <span aria-hidden="true">
        {mark}
        {/* Where the rail is narrow there is room for the mark alone. */}
        <span className={shell.label}>{more}</span>
      </span>
      <span className="visually-hidden"> {words}</span>
    </span>
  );
}

type Sign = { mark: string; more?: string; words: string };

function signOf(queued: readonly QueuedUpload[]): Sign {
  const refused = queued.filter(({ step }) => step === "refused").length;
  if (refused > 0)
    return { mark: "!", words: refused === 1 ? "an upload stopped" : `${refused} uploads stopped` };
  const under = queued.filter((upload) => isActive(upload) || upload.step === "waiting");
  if (under.length === 0) return { mark: "‖", words: "uploads are paused" };
  const size = under.reduce((sum, upload) => sum + upload.size, 0);
  const sent = under.reduce((sum, upload) => sum + upload.sent, 0);
  const percent = `${Math.floor((100 * sent) / Math.max(1, size))} %`;
  return {
    mark: "↑",
    more: ` ${percent}`,
    words: `${under.length === 1 ? "an upload is" : `${under.length} uploads are`} under way, ${percent}`,
  };
}
