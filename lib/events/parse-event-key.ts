import { z } from "zod";
import type { EventKey } from "./event-key.ts";

/** Outside these years the text of a time is none that PostgreSQL reads. */
const FIRST_TIME = new Date("0001-01-01T00:00:00Z");
const LAST_TIME = new Date("9999-12-31T23:59:59.999Z");

const keySchema = z
  .string()
  .regex(/^-?\d{1,15}~/)
  .transform((text) => {
    const [time = "", id = ""] = text.split("~");
    return { occurredAt: new Date(Number(time)), id };
  })
  .pipe(z.object({ occurredAt: z.date().min(FIRST_TIME).max(LAST_TIME), id: z.guid() }));

/** The event that an address names; undefined for what names none. */
export function decodeEventKey(text: unknown): EventKey | undefined {
  return keySchema.safeParse(text).data;
}
