import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { Delivery, DeliveryFault } from "./delivery.ts";
import { hasRoomFor } from "./disk.ts";
import { ensureUploadsFolder, makeDurable, removeUpload, uploadPath } from "./uploads.ts";

/** Up to here a body is kept in memory, and then in the database until its import is sealed. */
export const SMALL_BYTES = 256 * 1024;
const LOOK_AT_DISK_EVERY = 64 * 1024 * 1024;

export type ReceiveLimits = {
  maxBytes: number;
  /** Longest silence of the sender. */
  idleMs: number;
  /** After this the sender must have kept a pace of `LEAST_PACE` since it began. */
  graceMs: number;
};

/** Slower is no network, but somebody who holds a place. */
const LEAST_PACE_BYTES_PER_SECOND = 1024;

export const RECEIVE_TIMES = { idleMs: 20_000, graceMs: 60_000 } as const;

/** A body that was received whole. One in a file lies durably in the uploads folder, under `storedAs`. */
export type Received = { byteSize: number; bodyHash: Uint8Array } & (
  | { bytes: Buffer; storedAs?: never }
  | { storedAs: string; bytes?: never }
);

/** Of all files that deliveries are written to, until they are imports. */
export const DELIVERY_PREFIX = "api-";

/**
 * Takes a body in, in constant memory: a small one as its bytes, a larger one as a file, on the disk with its last byte. Of
 * one that is not taken nothing is left behind. The stream is never cancelled, for that would end the connection before
 * the sender is told why.
 */
export async function receiveBody(
  { body, declaredBytes }: Pick<Delivery, "body" | "declaredBytes">,
  limits: ReceiveLimits,
): Promise<Outcome<Received, DeliveryFault>> {
  if (!(await hasRoomFor(declaredBytes ?? 0))) return failure("disk-full");
  if (!body) return failure("empty");
  const reader = body.getReader();
  const sink = new Sink();
  try {
    const fault = await pour(reader, sink, limits);
    if (fault) return failure(fault);
    if (sink.byteSize === 0) return failure("empty");
    // A proxy on the way may end a body that its sender did not: only the whole of it counts.
    if (declaredBytes !== null && sink.byteSize !== declaredBytes) return failure("cut-off");
    return success(await sink.keep());
  } catch (error) {
    if (isDiskFull(error)) return failure("disk-full");
    throw error;
  } finally {
    reader.releaseLock();
    await sink.close();
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function pour(reader: Reader, sink: Sink, limits: ReceiveLimits): Promise<DeliveryFault | undefined> {
  const startedAt = performance.now();
  let lookAt = LOOK_AT_DISK_EVERY;
  for (;;) {
    const chunk = await nextChunk(reader, limits.idleMs);
    if (typeof chunk === "string") return chunk;
    if (!chunk.value) return undefined;
    if (sink.byteSize + chunk.value.byteLength > limits.maxBytes) return "too-large";
    await sink.add(chunk.value);
    const takenMs = performance.now() - startedAt;
    const isSlow = sink.byteSize < (takenMs / 1000) * LEAST_PACE_BYTES_PER_SECOND;
    if (takenMs > limits.graceMs && isSlow) return "too-slow";
    if (sink.byteSize >= lookAt) {
      if (!(await hasRoomFor(0))) return "disk-full";
      lookAt += LOOK_AT_DISK_EVERY;
    }
  }
}

async function nextChunk(
  reader: Reader,
  idleMs: number,
): Promise<{ value: Uint8Array | undefined } | "too-slow" | "cut-off"> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<"too-slow">((resolve) => {
    timer = setTimeout(() => resolve("too-slow"), idleMs);
  });
  try {
    return await Promise.race([reader.read().then(({ value }) => ({ value })), silence]);
  } catch {
    return "cut-off";
  } finally {
    clearTimeout(timer);
  }
}

/** Where a body goes: into memory, and from SMALL_BYTES on into a file. */
class Sink {
  readonly #hash = createHash("sha256");
  #chunks: Uint8Array[] = [];
  #file: { storedAs: string; handle: FileHandle } | undefined;
  #isKept = false;
  byteSize = 0;

  async add(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.byteSize += chunk.byteLength;
    if (!this.#file && this.byteSize <= SMALL_BYTES) {
      this.#chunks.push(chunk);
      return;
    }
    this.#file ??= await createFile();
    for (const waiting of [...this.#chunks, chunk]) await this.#file.handle.writeFile(waiting);
    this.#chunks = [];
  }

  /** Gives what was received; that it lies in the file is then certain. */
  async keep(): Promise<Received> {
    const whole = { byteSize: this.byteSize, bodyHash: new Uint8Array(this.#hash.digest()) };
    if (!this.#file) return { ...whole, bytes: Buffer.concat(this.#chunks) };
    const { storedAs } = this.#file;
    await makeDurable(storedAs);
    this.#isKept = true;
    return { ...whole, storedAs };
  }

  /** Removes what was not kept. */
  async close(): Promise<void> {
    await this.#file?.handle.close();
    if (this.#file && !this.#isKept) await removeUpload(this.#file.storedAs);
  }
}

async function createFile(): Promise<{ storedAs: string; handle: FileHandle }> {
  await ensureUploadsFolder();
  const storedAs = `${DELIVERY_PREFIX}${randomUUID()}`;
  return { storedAs, handle: await open(uploadPath(storedAs), "wx", 0o600) };
}

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT";
}
