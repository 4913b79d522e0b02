"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { isActive, type QueuedUpload } from "../../_uploads/upload-queue.ts";
import { useStoredCount, useUploads } from "../../_uploads/uploads.ts";
import classes from "./upload-area.module.css";
import { UploadRow } from "./upload-row.tsx";

/** A folder of thousands of files would make a page that nobody can use. */
const SHOWN = 40;

/** The files that are on their way from this tab, each with what can be done about it. */
export function UploadList({ maxBytes }: { maxBytes: number }) {
  const router = useRouter();
  const queued = useUploads();
  const stored = useStoredCount();
  const list = useRef<HTMLUListElement>(null);
  const before = useRef(stored);
  useEffect(() => {
    // What is stored is an import: it is among those below, and no longer among those that were begun.
    if (stored !== before.current) router.refresh();
    before.current = stored;
  }, [stored, router]);
  return (
    <>
      <p className="visually-hidden" role="status">
        {summaryOf(queued)}
      </p>
      <ul ref={list} className={classes.uploads} aria-label="Uploads" tabIndex={-1}>
        {queued.slice(0, SHOWN).map((upload) => (
          <UploadRow
            key={upload.key}
            upload={upload}
            maxBytes={maxBytes}
            onCancelled={() => list.current?.focus()}
          />
        ))}
        {queued.length > SHOWN ? (
          <li className={classes.more}>and {(queued.length - SHOWN).toLocaleString("en-GB")} more</li>
        ) : null}
      </ul>
    </>
  );
}

/** What changes seldom enough to be read out. */
function summaryOf(queued: readonly QueuedUpload[]): string {
  if (queued.length === 0) return "";
  const count = (is: (upload: QueuedUpload) => boolean) => queued.filter(is).length;
  const stopped = queued.filter(({ step }) => step === "refused" || step === "interrupted");
  return [
    `Uploads: ${count(isActive)} under way, ${count(({ step }) => step === "waiting")} waiting, ${count(({ step }) => step === "paused")} paused.`,
    ...stopped.slice(0, 3).map(({ name, sentence }) => `${name}: ${sentence}`),
  ].join(" ");
}
