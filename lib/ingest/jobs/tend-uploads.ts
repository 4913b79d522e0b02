import { db } from "#lib/db/client.ts";
import { log } from "#lib/log.ts";
import { createImport } from "../commands.ts";
import { KEPT_AFTER_END_MS } from "../import.ts";
import { deliveryOf, listUploads, makeDurable, openUploadStore, removeUpload } from "../uploads.ts";

/** Somebody who means to go on with an upload does so within days. */
const ABANDONED_AFTER_MS = 3 * 86_400_000;
const INTERVAL_MS = 60_000;

/** Has the worker look after the uploads folder, until `signal` asks it to stop. */
export async function workOnUploads(signal: AbortSignal): Promise<void> {
  const tend = () =>
    tendUploads(new Date()).catch((error: Error) =>
      log.warn({ error: error.message }, "the uploads could not be looked after"),
    );
  const timer = setInterval(() => void tend(), INTERVAL_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  await tend();
}

/**
 * A process that dies leaves files behind. One that is complete and no import yet becomes one; one that was read, one whose
 * import failed or was cancelled days ago, and one that nobody goes on sending, are removed.
 */
export async function tendUploads(now: Date): Promise<void> {
  const uploads = await listUploads();
  const imports = await db().import.findMany({
    where: { storedAs: { in: [...uploads.keys()] } },
    select: { storedAs: true, state: true, finishedAt: true },
  });
  const importOf = new Map(imports.map((row) => [row.storedAs, row]));
  for (const [storedAs, touchedAt] of uploads) {
    try {
      const row = importOf.get(storedAs);
      if (row) await tendDelivered(row, now);
      else await tendSent(storedAs, now.getTime() - touchedAt.getTime());
    } catch (error) {
      log.warn({ storedAs, error: (error as Error).message }, "an upload could not be looked after");
    }
  }
}

type Delivered = { storedAs: string; state: string; finishedAt: Date | null };

async function tendDelivered({ storedAs, state, finishedAt }: Delivered, now: Date): Promise<void> {
  const hasEnded = state === "failed" || state === "cancelled";
  const endedMs = hasEnded && finishedAt ? now.getTime() - finishedAt.getTime() : 0;
  if (state === "done" || endedMs > KEPT_AFTER_END_MS) await removeUpload(storedAs);
}

async function tendSent(storedAs: string, idleMs: number): Promise<void> {
  const store = await openUploadStore();
  const upload = await store.getUpload(storedAs).catch(() => undefined);
  const delivery = upload && deliveryOf(upload);
  if (delivery) {
    await makeDurable(storedAs);
    await createImport(delivery);
  } else if (idleMs > ABANDONED_AFTER_MS) {
    await removeUpload(storedAs);
  }
}
