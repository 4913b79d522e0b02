import type { PoolClient } from "pg";
import { pool } from "./client.ts";

/**
 * Locks that a process holds for as long as it likes, all of them on one connection: many together take no more of the pool. The
 * database lets go of them when the process dies.
 */
export class HeldLocks {
  #session: Promise<PoolClient> | undefined;
  /** Who is to hear that a lock was lost, by its key. */
  readonly #held = new Map<string, () => void>();
  #users = 0;
  /** The connection, from when it is made until it is closed. */
  #current: PoolClient | undefined;
  #stopListening: () => void = () => {};

  /** Whether the lock is this process's now. `onLost` hears of it if the connection ends before it is released. */
  async tryHold(key: string, onLost: () => void): Promise<boolean> {
    if (this.#held.has(key)) return false;
    this.#users++;
    let isMine = false;
    try {
      const session = await this.#open();
      const { rows } = await session.query<{ mine: boolean }>(
        "select pg_try_advisory_lock(hashtextextended($1, 0)) as mine",
        [key],
      );
      isMine = rows[0]?.mine === true && this.#session !== undefined;
      if (isMine) this.#held.set(key, onLost);
      return isMine;
    } finally {
      if (!isMine) await this.#leave();
    }
  }

  /** Nothing happens to a lock that was lost. */
  async release(key: string): Promise<void> {
    if (!this.#held.delete(key)) return;
    const session = await this.#session;
    await session?.query("select pg_advisory_unlock(hashtextextended($1, 0))", [key]).catch(() => {});
    await this.#leave();
  }

  async #open(): Promise<PoolClient> {
    this.#session ??= this.#connect();
    return await this.#session;
  }

  async #connect(): Promise<PoolClient> {
    try {
      const session = await pool().connect();
      const lose = () => this.#lose(session);
      this.#stopListening = () => session.off("end", lose);
      session.on("error", lose);
      session.once("end", lose);
      this.#current = session;
      return session;
    } catch (error) {
      this.#session = undefined;
      throw error;
    }
  }

  /** Once nobody makes use of it the connection is closed, with whatever a lost answer left behind on it. */
  async #leave(): Promise<void> {
    this.#users--;
    if (this.#users > 0) return;
    const leaving = this.#session;
    this.#session = undefined;
    const session = await leaving?.catch(() => undefined);
    if (session && session === this.#current) this.#close(session);
  }

  #lose(session: PoolClient): void {
    if (session !== this.#current) return;
    this.#session = undefined;
    const lost = [...this.#held.values()];
    this.#users -= lost.length;
    this.#held.clear();
    this.#close(session);
    for (const tell of lost) tell();
  }

  #close(session: PoolClient): void {
    this.#current = undefined;
    this.#stopListening();
    session.release(true);
  }
}
