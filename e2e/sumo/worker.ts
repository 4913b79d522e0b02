import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ENTRY = path.join(import.meta.dirname, "../../lib/start/worker.ts");

/** A folder for the files of one test's workers. */
export function ownDataFolder(): string {
  return mkdtempSync(path.join(tmpdir(), "barnacle-workers-"));
}

/** A real worker process, with our own environment. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  /** All that it wrote. */
  said = "";

  constructor() {
    this.#child = spawn(process.execPath, [ENTRY], { stdio: ["ignore", "pipe", "pipe"] });
    this.#ended = once(this.#child, "close");
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk) => {
        this.said += chunk;
      });
    }
  }

  get lives(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Throws what it said when it has ended by itself. */
  check(): void {
    if (this.#child.exitCode !== null) throw new Error(`The worker ended: ${this.said}`);
  }

  async kill(signal: "SIGKILL" | "SIGTERM" = "SIGKILL"): Promise<void> {
    this.#child.kill(signal);
    await this.#ended;
  }
}
