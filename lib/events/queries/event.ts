import { db, inSnapshot } from "#lib/db/client.ts";
import type { Event } from "#lib/db/generated/client.ts";
import type { EventKey } from "../event-key.ts";
import type { MarkedEventRow } from "../event-row.ts";
import { readRows } from "./event-rows.ts";
import { markNew } from "./first-times.ts";

export type EventImageRow = {
  id: string;
  role: string;
  name: string;
  key: string;
  tag: string | null;
  digest: string | null;
};
export type EventDetail = Event & { images: EventImageRow[] };

/** An event with the images that it touched, or null. */
export async function getEvent({ occurredAt, id }: EventKey): Promise<EventDetail | null> {
  const event = await db().event.findUnique({ where: { occurredAt_id: { occurredAt, id } } });
  if (!event) return null;
  const touched = await db().eventImage.findMany({
    where: { occurredAt, eventId: id },
    orderBy: { role: "asc" },
  });
  const images = await db().image.findMany({ where: { id: { in: touched.map(({ imageId }) => imageId) } } });
  const byId = new Map(images.map((image) => [image.id, image]));
  return {
    ...event,
    images: touched.flatMap(({ imageId, role, tag, digest }) => {
      const image = byId.get(imageId);
      return image ? [{ id: imageId, role, name: image.name, key: image.key, tag, digest }] : [];
    }),
  };
}

/** An event as lists show it, or null. */
export async function getEventRow(key: EventKey): Promise<MarkedEventRow | null> {
  return await inSnapshot(async (client) => {
    const [row] = await markNew(client, await readRows(client, [key]));
    return row ?? null;
  });
}
