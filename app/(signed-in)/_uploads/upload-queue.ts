import type { TakenAs } from "#lib/ingest/import.ts";
import { Rate } from "./rate.ts";

/** So many are sent at a time; the others wait. */
const AT_A_TIME = 2;
/** Progress is told no oftener: it comes many times a second. */
const TELL_MS = 200;

/**
 * `interrupted`: goes on by itself when it can. `refused`: does not, and says why. Stored ones are imports, and leave the
 * queue.
 */
export type UploadStep = "waiting" | "sending" | "interrupted" | "paused" | "refused";

/** A file in the queue, as it is shown. */
export type QueuedUpload = {
  key: number;
  name: string;
  size: number;
  takenAs: TakenAs;
  step: UploadStep;
  sent: number;
  /** Of what the server has of it; null: nothing yet. */
  id: string | null;
  bytesPerSecond: number | null;
  /** Why it is interrupted or refused. */
  sentence: string | null;
};

/** What is heard of a file while it is sent. */
export type SendingEvents = {
  /** The server has it under this id. One that was begun before is taken as it was then. */
  begun(id: string, takenAs: TakenAs): void;
  progress(sent: number): void;
  interrupted(sentence: string): void;
  stored(): void;
  /** `isGone`: the server has nothing of it any more. */
  refused(sentence: string, isGone?: boolean): void;
};
export type Sending = { stop(): void };
export type Sender = {
  /** Sends a file, from where an earlier upload of it broke off. After `stop` nothing more is heard of it. */
  send(file: File, takenAs: TakenAs, events: SendingEvents): Sending;
  /** Removes what the server has of an upload. Gives a sentence when that does not succeed. */
  discard(id: string): Promise<string | null>;
};

type Entry = { file: File; shown: QueuedUpload; rate: Rate; sending: Sending | null };

/** The files of one person that are on their way, whichever page is open. Lives as long as the tab. */
export class UploadQueue {
  readonly #load: () => Promise<Sender>;
  readonly #clock: () => number;
  #entries: Entry[] = [];
  #shown: readonly QueuedUpload[] = [];
  #owner: string | undefined;
  #lastKey = 0;
  #stored = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  /** `load` fetches what sends: no part of a page's first load, for most only look. */
  constructor(load: () => Promise<Sender>, clock: () => number) {
    this.#load = load;
    this.#clock = clock;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly list = (): readonly QueuedUpload[] => this.#shown;

  /** How many files have been stored: whoever shows imports looks again when it grows. */
  readonly countStored = (): number => this.#stored;

  /** Whoever signs in on this tab sees nothing of those before. */
  belongTo(personId: string): void {
    if (this.#owner !== undefined && this.#owner !== personId) {
      for (const { sending } of this.#entries) sending?.stop();
      this.#entries = [];
      this.#tell();
    }
    this.#owner = personId;
  }

  /** Files that are in the queue already go on there. */
  add(files: readonly File[], takenAs: TakenAs): void {
    for (const file of files) {
      const known = this.#entries.find((entry) => isSame(entry.file, file));
      if (known) this.goOn(known.shown.key);
      else this.#entries.push({ file, shown: this.#waiting(file, takenAs), rate: new Rate(), sending: null });
    }
    this.#pump();
  }

  /** A file that is not to be sent at all, with why. */
  refuse(file: File, takenAs: TakenAs, sentence: string): void {
    const shown = { ...this.#waiting(file, takenAs), step: "refused" as const, sentence };
    this.#entries.push({ file, shown, rate: new Rate(), sending: null });
    this.#tell();
  }

  pause(key: number): void {
    this.#stop(key, { step: "paused", sentence: null, bytesPerSecond: null });
  }

  goOn(key: number): void {
    const entry = this.#find(key);
    if (!entry || (entry.shown.step !== "paused" && entry.shown.step !== "refused")) return;
    this.#change(entry, { step: "waiting", sentence: null });
    this.#pump();
  }

  /** Takes a file out of the queue, and what there is of it off the server. */
  async cancel(key: number): Promise<void> {
    const entry = this.#stop(key, { step: "paused", sentence: null, bytesPerSecond: null });
    if (!entry) return;
    const { id } = entry.shown;
    const problem = id === null ? null : await this.discard(id);
    if (problem === null) this.#remove(entry);
    else this.#change(entry, { step: "refused", sentence: problem });
    this.#pump();
  }

  /** Takes off the server what there is of an upload. Gives a sentence when that does not succeed. */
  async discard(id: string): Promise<string | null> {
    const sender = await this.#load().catch(() => null);
    return sender ? await sender.discard(id) : UNREACHED;
  }

  #waiting({ name, size }: File, takenAs: TakenAs): QueuedUpload {
    const begin = { step: "waiting", sent: 0, id: null, bytesPerSecond: null, sentence: null } as const;
    return { key: ++this.#lastKey, name, size, takenAs, ...begin };
  }

  #find(key: number): Entry | undefined {
    return this.#entries.find(({ shown }) => shown.key === key);
  }

  #stop(key: number, changes: Partial<QueuedUpload>): Entry | undefined {
    const entry = this.#find(key);
    if (!entry) return undefined;
    entry.sending?.stop();
    entry.sending = null;
    this.#change(entry, changes);
    this.#pump();
    return entry;
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#tell();
  }

  /** Begins to send what waits, as far as there is room. */
  #pump(): void {
    const active = this.#entries.filter(({ shown }) => isActive(shown)).length;
    const next = this.#entries.filter(({ shown }) => shown.step === "waiting");
    for (const entry of next.slice(0, Math.max(0, AT_A_TIME - active))) void this.#send(entry);
    this.#tell();
  }

  async #send(entry: Entry): Promise<void> {
    this.#change(entry, { step: "sending" });
    entry.rate.restart(entry.shown.sent, this.#clock());
    const sender = await this.#load().catch(() => null);
    // It may have been paused, or taken out, meanwhile.
    if (entry.shown.step !== "sending" || entry.sending || !this.#entries.includes(entry)) return;
    if (!sender) return this.#end(entry, { step: "refused", sentence: UNREACHED });
    entry.sending = sender.send(entry.file, entry.shown.takenAs, {
      begun: (id, takenAs) => this.#change(entry, { id, takenAs, step: "sending", sentence: null }),
      progress: (sent) => this.#progress(entry, sent),
      interrupted: (sentence) => this.#change(entry, { step: "interrupted", sentence, bytesPerSecond: null }),
      stored: () => {
        this.#stored++;
        this.#remove(entry);
        this.#pump();
      },
      refused: (sentence, isGone = false) =>
        this.#end(entry, { step: "refused", sentence, ...(isGone && { id: null, sent: 0 }) }),
    });
  }

  #end(entry: Entry, changes: Partial<QueuedUpload>): void {
    entry.sending = null;
    this.#change(entry, { ...changes, bytesPerSecond: null });
    this.#pump();
  }

  #progress(entry: Entry, sent: number): void {
    entry.rate.add(sent, this.#clock());
    const bytesPerSecond = entry.rate.bytesPerSecond(this.#clock());
    entry.shown = { ...entry.shown, step: "sending", sentence: null, sent, bytesPerSecond };
    this.#telling ??= setTimeout(() => this.#tell(), TELL_MS);
  }

  #change(entry: Entry, changes: Partial<QueuedUpload>): void {
    entry.shown = { ...entry.shown, ...changes };
    this.#tell();
  }

  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#shown = this.#entries.map(({ shown }) => shown);
    for (const listener of this.#listeners) listener();
  }
}

/** On its way, or about to go on by itself. */
export function isActive({ step }: Pick<QueuedUpload, "step">): boolean {
  return step === "sending" || step === "interrupted";
}

/** Whether something would stop were the tab closed. */
export function wouldStop({ step, id }: Pick<QueuedUpload, "step" | "id">): boolean {
  return isActive({ step }) || step === "waiting" || (step === "paused" && id === null);
}

export const UNREACHED = "The server cannot be reached.";

function isSame(one: File, other: File): boolean {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}
