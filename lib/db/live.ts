import type { Notification, PoolClient } from "pg";
import { log } from "#lib/log.ts";
import { pool, type Transaction } from "./client.ts";

const CHANNEL = "barnacle_live";
const RECONNECT_MS = 1000;

/** A change that open pages want to hear of. Small: PostgreSQL carries at most 8,000 bytes. */
export type LiveMessage = { topic: "import" | "allowlist"; id: string };

/** Tells all web processes, once and only if the transaction is committed. */
export async function announce(client: Transaction, message: LiveMessage): Promise<void> {
  await client.query("select pg_notify($1, $2)", [CHANNEL, JSON.stringify(message)]);
}

type Listener = (message: LiveMessage) => void;
const holder = globalThis as typeof globalThis & { barnacleListeners?: Set<Listener> };

/** Calls back on each message until the returned function is called. All listeners share one connection. */
export function listen(listener: Listener): () => void {
  if (!holder.barnacleListeners) {
    holder.barnacleListeners = new Set();
    void connect(holder.barnacleListeners);
  }
  const listeners = holder.barnacleListeners;
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function connect(listeners: ReadonlySet<Listener>): Promise<void> {
  let client: PoolClient | undefined;
  const again = (error?: Error) => {
    if (error) log.warn({ error: error.message }, "live messages are interrupted");
    client?.release(true);
    setTimeout(() => void connect(listeners), RECONNECT_MS).unref();
  };
  try {
    client = await pool().connect();
    client.once("error", again);
    client.on("notification", ({ payload = "" }: Notification) => {
      const message = JSON.parse(payload) as LiveMessage;
      for (const listener of listeners) listener(message);
    });
    await client.query(`listen ${CHANNEL}`);
  } catch (error) {
    client?.removeListener("error", again);
    again(error as Error);
  }
}
