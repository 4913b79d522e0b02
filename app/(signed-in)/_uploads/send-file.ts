import { type DetailedError, Upload } from "tus-js-client";
import type { TakenAs } from "#lib/ingest/import.ts";
import type { UnfinishedUpload } from "#lib/ingest/uploads.ts";
import { type Sender, type SendingEvents, UNREACHED } from "./upload-queue.ts";

const ENDPOINT = "/api/uploads";
/** Small enough for the proxies that hold a whole request, large enough that asking costs nothing. */
const PIECE_BYTES = 32 * 1024 * 1024;
const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000];
/** A connection on which nothing moves is given up: of one that died while the machine slept nobody says so. */
const STALL_MS = 60_000;
/** The last answer comes when the whole file is on the server's disk. */
const STALL_AT_END_MS = 600_000;
const LOOK_MS = 5000;

/** As the server lists it. */
type Begun = Pick<UnfinishedUpload, "id" | "name" | "byteSize" | "modified" | "takenAs">;
type Found = { ok: true; begun: Begun | undefined } | { ok: false; status: number | undefined };

/** Sends files by the tus protocol, from where they broke off, also days ago or in another browser. */
export const sender: Sender = {
  send: (file, takenAs, events) => {
    const delivery = new FileDelivery(file, takenAs, events);
    delivery.begin();
    return delivery;
  },
  discard: async (id) => {
    try {
      const headers = { "tus-resumable": "1.0.0" };
      const { status } = await fetch(`${ENDPOINT}/${id}`, { method: "DELETE", headers });
      // One that is gone already is as good as discarded.
      return status === 204 || status === 404 || status === 410 ? null : sentenceOf(status);
    } catch {
      return UNREACHED;
    }
  },
};

class FileDelivery {
  readonly #file: File;
  /** As it was begun, whatever is wanted now: what is there is not sent again. */
  #takenAs: TakenAs;
  readonly #events: SendingEvents;
  readonly #over = new AbortController();
  #upload: Upload | undefined;
  #id: string | undefined;
  #attempts = 0;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #sent = 0;
  #movedAt = 0;

  constructor(file: File, takenAs: TakenAs, events: SendingEvents) {
    this.#file = file;
    this.#takenAs = takenAs;
    this.#events = events;
  }

  begin(): void {
    const { signal } = this.#over;
    addEventListener("online", () => this.#restart(), { signal });
    addEventListener("offline", () => this.#interrupt("The network is gone."), { signal });
    const watch = setInterval(() => this.#watch(), LOOK_MS);
    signal.addEventListener("abort", () => clearInterval(watch));
    void this.#alone(() => this.#attempt());
  }

  stop(): void {
    this.#over.abort();
    clearTimeout(this.#retry);
    void this.#upload?.abort();
    this.#upload = undefined;
  }

  /** Two tabs that send the same file would keep cutting one another off. */
  async #alone(run: () => Promise<void>): Promise<void> {
    const { signal } = this.#over;
    // Browsers know locks only over HTTPS and on this machine itself.
    if (!("locks" in navigator)) return await run();
    const { name, size, lastModified } = this.#file;
    const lock = `barnacle upload ${size} ${lastModified} ${name}`;
    await navigator.locks.request(lock, { ifAvailable: true }, async (mine) => {
      if (signal.aborted) return;
      if (!mine) return this.#refuse("It is being sent in another tab of this browser.");
      await run();
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
    });
  }

  async #attempt(): Promise<void> {
    const attempt = ++this.#attempts;
    this.#movedAt = performance.now();
    // Its answer may have been lost when it was begun: what was begun is asked for each time.
    const found = this.#id === undefined ? await this.#find() : undefined;
    if (this.#over.signal.aborted || attempt !== this.#attempts) return;
    if (found?.ok === false) return this.#fail(found.status);
    if (found?.begun) {
      this.#id = found.begun.id;
      this.#takenAs = found.begun.takenAs;
    }
    const { name, lastModified } = this.#file;
    const upload = new Upload(this.#file, {
      // Without an endpoint one that has gone is not begun anew unasked.
      ...(this.#id === undefined ? { endpoint: ENDPOINT } : { uploadUrl: `${ENDPOINT}/${this.#id}` }),
      metadata: { filename: name, takenAs: this.#takenAs, modified: String(lastModified) },
      chunkSize: PIECE_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => this.#begun(upload),
      onProgress: (sent) => this.#progress(sent),
      onSuccess: () => this.#end(() => this.#events.stored()),
      onError: (error) => this.#fail(statusOf(error)),
    });
    this.#upload = upload;
    upload.start();
  }

  /** The upload of this file that was begun and not ended, if there is one. */
  async #find(): Promise<Found> {
    try {
      const answer = await fetch(ENDPOINT, { signal: this.#over.signal });
      if (!answer.ok) return { ok: false, status: answer.status };
      const { name, size, lastModified } = this.#file;
      const begun = ((await answer.json()) as Begun[]).find(
        (one) => one.name === name && one.byteSize === size && one.modified === lastModified,
      );
      return { ok: true, begun };
    } catch {
      return { ok: false, status: undefined };
    }
  }

  #begun(upload: Upload): void {
    this.#id = upload.url?.split("/").at(-1);
    if (this.#id !== undefined) this.#events.begun(this.#id, this.#takenAs);
  }

  #progress(sent: number): void {
    if (sent !== this.#sent) this.#movedAt = performance.now();
    if (sent > this.#sent) this.#failures = 0;
    this.#sent = sent;
    this.#events.progress(sent);
  }

  #fail(status: number | undefined): void {
    const refusal = status === undefined ? undefined : REFUSALS[status];
    if (refusal !== undefined) {
      this.#refuse(refusal, isGone(status));
      return;
    }
    const reason =
      status === undefined ? "The server cannot be reached" : `The server fails (HTTP ${status})`;
    this.#interrupt(`${reason}; it is tried again.`);
    const pause = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)];
    this.#retry = setTimeout(() => this.#restart(), pause);
  }

  #interrupt(sentence: string): void {
    this.#attempts++;
    clearTimeout(this.#retry);
    void this.#upload?.abort();
    this.#upload = undefined;
    this.#events.interrupted(sentence);
  }

  #restart(): void {
    clearTimeout(this.#retry);
    void this.#upload?.abort();
    void this.#attempt();
  }

  #watch(): void {
    if (!this.#upload) return;
    const patience = this.#sent < this.#file.size ? STALL_MS : STALL_AT_END_MS;
    if (performance.now() - this.#movedAt > patience) this.#fail(undefined);
  }

  #refuse(sentence: string, gone = false): void {
    this.#end(() => this.#events.refused(sentence, gone));
  }

  #end(tell: () => void): void {
    this.stop();
    tell();
  }
}

const GONE =
  "The server has nothing of it any more: it was discarded, or nobody went on with it for days. Going on sends it anew.";

/** What does not get better by trying again. All else does, or may. */
const REFUSALS: Readonly<Record<number, string>> = {
  401: "You are no longer signed in. Sign in again, in another tab say, and go on.",
  403: "Your role may not import logs.",
  404: GONE,
  410: GONE,
  413: "The file is larger than can be uploaded.",
  429: "You have begun as many uploads as one may. End or discard some of them first.",
  507: "The server's disk has no room for this file. It can go on when there is room.",
};

function sentenceOf(status: number): string {
  return REFUSALS[status] ?? `The server fails (HTTP ${status}).`;
}

function isGone(status: number | undefined): boolean {
  return status === 404 || status === 410;
}

function statusOf(error: Error | DetailedError): number | undefined {
  return "originalResponse" in error ? error.originalResponse?.getStatus() : undefined;
}
