"use client";

import { useSyncExternalStore } from "react";
import { type QueuedUpload, UploadQueue, wouldStop } from "./upload-queue.ts";

/** The one queue of this tab. */
export const uploads = new UploadQueue(
  async () => (await import("./send-file.ts")).sender,
  () => performance.now(),
);

const NONE: readonly QueuedUpload[] = [];

/** The files in the queue, as they go. */
export function useUploads(): readonly QueuedUpload[] {
  return useSyncExternalStore(uploads.subscribe, uploads.list, () => NONE);
}

/** How many files of this tab have been stored. */
export function useStoredCount(): number {
  return useSyncExternalStore(uploads.subscribe, uploads.countStored, () => 0);
}

/** Has the browser ask before a tab is closed that sends something. The words are the browser's own. */
export function askBeforeLeaving(): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (uploads.list().some(wouldStop)) event.preventDefault();
  };
  addEventListener("beforeunload", ask);
  return () => removeEventListener("beforeunload", ask);
}
