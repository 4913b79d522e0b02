import { z } from "zod";
import { db } from "#lib/db/client.ts";
import type { Event } from "#lib/db/generated/client.ts";

/** Names an event in a URL: its time in milliseconds and its id. */
export type EventKey = { occurredAt: Date; id: string };

/** Outside these years the text of a time is none that PostgreSQL reads. */
const FIRST_TIME = new Date("0001-01-01T00:00:00Z");
const LAST_TIME = new Date("9999-12-31T23:59:59.999Z");

const timeSchema = z.date().min(FIRST_TIME).max(LAST_TIME);

const keySchema = z.codec(z.string(), z.object({ occurredAt: timeSchema, id: z.guid() }), {
  decode: (text) => {
    const [time = "", id = ""] = text.split("~");
    return { occurredAt: new Date(/^-?\d{1,15}$/.test(time) ? Number(time) : Number.NaN), id };
  },
  encode: ({ occurredAt, id }) => `${occurredAt.getTime()}~${id}`,
});

export function encodeEventKey(key: EventKey): string {
  return keySchema.encode({ occurredAt: key.occurredAt, id: key.id });
}

/** Undefined for what names no event. */
export function decodeEventKey(text: unknown): EventKey | undefined {
  return typeof text === "string" ? keySchema.safeDecode(text).data : undefined;
}

export type EventImageRow = {
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
      return image ? [{ role, name: image.name, key: image.key, tag, digest }] : [];
    }),
  };
}
