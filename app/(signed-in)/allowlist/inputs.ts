import { z } from "zod";
import { conditionsSchema } from "#lib/allowlist/condition.ts";
import { entrySchema } from "#lib/allowlist/entry.ts";
import { ENTRY_MOVE_NAMES } from "#lib/allowlist/entry-move.ts";
import { ENTRY_MODES } from "#lib/allowlist/objection.ts";
import { SIGNALS } from "#lib/detection/signal.ts";

/** What is wrong with which part of what was sent: `conditions.0.values.1`. */
export type Issue = { path: string; message: string };

export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
}

const seen = z.strictObject({ id: z.guid(), revision: z.int() });

const REASON_MESSAGE = "Write at least 10 characters, so that a colleague understands it next year.";
const writtenReason = z
  .string()
  .trim()
  .min(10, { error: REASON_MESSAGE })
  .max(4000, { error: "The reason has more than 4,000 characters." })
  .nullable();
const confirmations = z.strictObject({ broad: writtenReason, truePositives: writtenReason });

const why = z
  .string()
  .trim()
  .max(4000, { error: "Why it is changed has more than 4,000 characters." })
  .transform((given) => given || null)
  .nullable();

/** Null stands for now. */
const startingNow = (now: Date) =>
  z
    .date({ error: "The start is no time." })
    .nullable()
    .transform((given) => given ?? now);

const PAST_EXPIRY = "The expiry lies in the past: the entry would do nothing. Choose a later one.";

export function savingInput(now: Date) {
  const content = z
    .looseObject({
      startsAt: startingNow(now),
      expiresAt: z.date({ error: "The expiry is no time." }).refine((at) => at > now, { error: PAST_EXPIRY }),
    })
    .pipe(entrySchema);
  return z.strictObject({ seen: seen.nullable(), content, mode: z.enum(ENTRY_MODES), confirmations, why });
}

export const moveInput = z.strictObject({ seen, move: z.enum(ENTRY_MOVE_NAMES), confirmations, why });

export function checkInput(now: Date) {
  return z.strictObject({
    conditions: conditionsSchema,
    startsAt: startingNow(now),
    expiresAt: z.date({ error: "The expiry is no time." }),
  });
}

export function previewInput(now: Date) {
  return checkInput(now).extend({ signals: z.array(z.enum(SIGNALS)), ownId: z.guid().nullable() });
}
