"use client";

import { type DetailedError, Upload } from "tus-js-client";
import type { TakenAs } from "#lib/ingest/import.ts";
import { formatBytes } from "../../../_ui/bytes.ts";

type Uploading = { key: string; name: string; size: number; sent: number };
export type UploadState =
  | (Uploading & { step: "sending" | "stored" })
  | (Uploading & { step: "failed"; sentence: string });

type Options = { takenAs: TakenAs; maxBytes: number; report: (state: UploadState) => void };

const RETRY_DELAYS_MS = [0, 1000, 3000, 10_000, 30_000];

/** Sends a file by the tus protocol. A file that was begun before goes on where it was. */
export function startUpload(file: File, { takenAs, maxBytes, report }: Options): void {
  const upload: Uploading = { key: crypto.randomUUID(), name: file.name, size: file.size, sent: 0 };
  const fail = (sentence: string) => report({ ...upload, step: "failed", sentence });
  if (file.size > maxBytes) {
    fail(`This file has ${formatBytes(file.size)}; at most ${formatBytes(maxBytes)} can be uploaded.`);
    return;
  }
  const sending = new Upload(file, {
    endpoint: "/api/uploads",
    metadata: { filename: file.name, takenAs },
    retryDelays: RETRY_DELAYS_MS,
    removeFingerprintOnSuccess: true,
    onProgress: (sent) => report({ ...upload, sent, step: "sending" }),
    onSuccess: () => report({ ...upload, sent: file.size, step: "stored" }),
    onError: (error) => fail(sentenceOf(error)),
  });
  report({ ...upload, step: "sending" });
  sending
    .findPreviousUploads()
    .then(([previous]) => {
      if (previous) sending.resumeFromPreviousUpload(previous);
      sending.start();
    })
    .catch((error: Error) => fail(error.message));
}

const STATUS_SENTENCES: Readonly<Record<number, string>> = {
  401: "You are no longer signed in. Sign in again and choose the file once more.",
  403: "Your role may not import logs.",
  413: "The file is larger than can be uploaded.",
  507: "The server has no room left for this file.",
};

function sentenceOf(error: Error | DetailedError): string {
  const status = "originalResponse" in error ? error.originalResponse?.getStatus() : undefined;
  if (status === undefined)
    return "The connection was lost. Choose the file again to go on where it stopped.";
  return STATUS_SENTENCES[status] ?? `The server could not store the file (HTTP ${status}). Try again.`;
}
