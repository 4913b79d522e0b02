import { z } from "zod";
import { isStorable } from "#lib/storable.ts";

/**
 * A place in a list, as it stands in a URL: the sort value of a row and its id, and the side on which to go on. Ids break
 * ties, so that rows of the same time or score are neither skipped nor shown twice.
 */
export type Cursor = { side: "after" | "before"; key: string[] };

const SEPARATOR = "~";

const cursorSchema = z.codec(
  // PostgreSQL stores no NUL, so that no key holds one.
  z.string().max(200).refine(isStorable),
  z.object({ side: z.enum(["after", "before"]), key: z.array(z.string()).min(1) }),
  {
    decode: (text) => {
      const [side = "", ...key] = text.split(SEPARATOR);
      return { side: side as Cursor["side"], key };
    },
    encode: ({ side, key }) => [side, ...key].join(SEPARATOR),
  },
);

/** A stale or hand-edited cursor starts again from the first page. */
export function decodeCursor(text: string | undefined): Cursor | undefined {
  return text === undefined ? undefined : cursorSchema.safeDecode(text).data;
}

export function encodeCursor(cursor: Cursor): string {
  return cursorSchema.encode(cursor);
}

const FIRST_TIME = Date.parse("0001-01-01T00:00:00Z");
const LAST_TIME = Date.parse("9999-12-31T23:59:59.999Z");

/** The time in a cursor's key, in milliseconds. Outside these years its text is none that PostgreSQL reads. */
export const cursorTimeSchema = z.coerce
  .number()
  .int()
  .min(FIRST_TIME)
  .max(LAST_TIME)
  .transform((time) => new Date(time));
