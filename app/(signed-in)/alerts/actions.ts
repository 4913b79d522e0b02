"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { type MovedAlerts, moveAlert, moveAlerts } from "#lib/triage/commands.ts";
import type { MoveFailure } from "#lib/triage/move-failure.ts";
import { type MoveInput, moveSchema, type SeenAlert, seenAlertSchema } from "#lib/triage/move-input.ts";
import { authorize } from "../../_access/current-person.ts";
import type { Refusal } from "../../_access/refusal-words.ts";

/** Why nothing was changed; faults of what was typed are told by field. */
export type TriageFailure =
  | MoveFailure
  | { why: Refusal }
  | { why: "invalid-input"; faults: Record<string, string[] | undefined> };

const MAX_AT_ONCE = 50;
const oneInput = z.object({ seen: seenAlertSchema, change: z.unknown() });
const severalInput = z.object({
  seen: z.array(seenAlertSchema).min(1).max(MAX_AT_ONCE),
  change: z.unknown(),
});

/** Changes one alert. The page shows it anew even after a refusal: what the person looked at was stale. */
export async function moveAlertAction(input: unknown): Promise<Outcome<undefined, TriageFailure>> {
  const person = await authorize("alerts.triage");
  if (!person.ok) return failure({ why: person.reason });
  const parsed = parseInput(oneInput, input);
  if (!parsed.ok) return parsed;
  const outcome = await moveAlert(person.value, parsed.value.seen, parsed.value.change, new Date());
  refresh();
  return outcome;
}

/** Changes several alerts, and says which of them were skipped. */
export async function moveAlertsAction(input: unknown): Promise<Outcome<MovedAlerts, TriageFailure>> {
  const person = await authorize("alerts.triage");
  if (!person.ok) return failure({ why: person.reason });
  const parsed = parseInput(severalInput, input);
  if (!parsed.ok) return parsed;
  const moved = await moveAlerts(person.value, parsed.value.seen, parsed.value.change, new Date());
  refresh();
  return success(moved);
}

function parseInput<Seen extends SeenAlert | SeenAlert[]>(
  schema: z.ZodType<{ seen: Seen; change: unknown }>,
  input: unknown,
): Outcome<{ seen: Seen; change: MoveInput }, TriageFailure> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) return failure({ why: "invalid-input", faults: {} });
  const change = moveSchema.safeParse(parsed.data.change);
  if (!change.success)
    return failure({ why: "invalid-input", faults: z.flattenError(change.error).fieldErrors });
  return success({ seen: parsed.data.seen, change: change.data });
}
