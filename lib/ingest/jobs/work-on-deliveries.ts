import { setTimeout as sleep } from "node:timers/promises";
import { db, pool } from "#lib/db/client.ts";
import { log } from "#lib/log.ts";
import { REMEMBERED_MS } from "../delivery.ts";
import { DELIVERY_PREFIX } from "../receive-body.ts";
import { listUploads, removeUpload } from "../uploads.ts";
import { sealDeliveries } from "./seal-deliveries.ts";

const LOOK_EVERY_MS = 1000;
const AFTER_FAILURE_MS = 10_000;
const CLEAN_EVERY_MS = 10 * 60_000;

/** Has the worker seal what is delivered in small pieces, until `signal` asks it to stop. */
export function workOnDeliveries(signal: AbortSignal): { stopped: Promise<void> } {
  return { stopped: keepSealing(signal) };
}

async function keepSealing(signal: AbortSignal): Promise<void> {
  let cleanAt = 0;
  while (!signal.aborted) {
    let waitMs = LOOK_EVERY_MS;
    try {
      const now = new Date();
      await sealDeliveries(now);
      if (now.getTime() >= cleanAt) {
        cleanAt = now.getTime() + CLEAN_EVERY_MS;
        await forgetDeliveries(now);
      }
    } catch (error) {
      waitMs = AFTER_FAILURE_MS;
      log.warn({ error: (error as Error).message }, "deliveries could not be sealed");
    }
    await sleep(waitMs, undefined, { signal }).catch(() => {});
  }
}

/** A body is received within hours, or never. */
const LEFT_AFTER_MS = 6 * 3_600_000;

/** Forgets deliveries that are not answered again any more, and removes files that a killed process was receiving. */
export async function forgetDeliveries(now: Date): Promise<void> {
  await pool().query("delete from delivery where received_at < $1 and body is null", [
    new Date(now.getTime() - REMEMBERED_MS),
  ]);
  const left = [...(await listUploads())]
    .filter(
      ([name, touchedAt]) =>
        name.startsWith(DELIVERY_PREFIX) && now.getTime() - touchedAt.getTime() > LEFT_AFTER_MS,
    )
    .map(([name]) => name);
  const imports = await db().import.findMany({
    where: { storedAs: { in: left } },
    select: { storedAs: true },
  });
  const isImport = new Set(imports.map(({ storedAs }) => storedAs));
  for (const name of left) if (!isImport.has(name)) await removeUpload(name);
}
