import { setTimeout as sleep } from "node:timers/promises";
import type { Notification } from "pg";
import { log } from "#lib/log.ts";
import { pool, type Transaction } from "./client.ts";

const CHANNEL = "barnacle_live";
const RECONNECT_MS = 1000;

/** A change that open pages want to hear of. Small: PostgreSQL carries at most 8,000 bytes. */
export type LiveMessage = { topic: "import" | "allowlist" | "upload"; id: string };

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
    void keepListening(holder.barnacleListeners);
  }
  const listeners = holder.barnacleListeners;
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function keepListening(listeners: ReadonlySet<Listener>): Promise<void> {
  for (;;) {
    try {
      await listenUntilLost(listeners);
    } catch (error) {
      log.warn({ error: (error as Error).message }, "live messages are interrupted");
    }
    await sleep(RECONNECT_MS, undefined, { ref: false });
  }
}

/** Throws what ended the connection, or kept it from being made. */
async function listenUntilLost(listeners: ReadonlySet<Listener>): Promise<never> {
  const client = await pool().connect();
  const { promise: lost, reject: lose } = Promise.withResolvers<never>();
  // Awaited only once the query is done, which fails for the same reason.
  lost.catch(() => {});
  client.once("error", lose);
  client.once("end", () => lose(new Error("The connection was closed.")));
  client.on("notification", ({ payload = "" }: Notification) => {
    const message = JSON.parse(payload) as LiveMessage;
    for (const listener of listeners) listener(message);
  });
  try {
    await client.query(`listen ${CHANNEL}`);
    return await lost;
  } finally {
    client.release(true);
  }
}
