import { db } from "#lib/db/client.ts";

/** An alert that went with the last of its detections: why, as it was said then. It comes back with them. */
export type FormerAlert = { number: number; goneAt: Date; why: string };

/** By its number; null where there never was one, where it is there, and where retention has forgotten it. */
export async function getFormerAlert(number: number): Promise<FormerAlert | null> {
  return await db().formerAlert.findFirst({
    where: { number },
    select: { number: true, goneAt: true, why: true },
  });
}
