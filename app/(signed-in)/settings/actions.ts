"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { startReplay } from "#lib/ingest/commands/replays.ts";
import { getReach } from "#lib/ingest/queries/reach.ts";
import { ROW_LISTS } from "#lib/organisation/columns.ts";
import { putFirstStepsAway, removeRow, saveRow, setWorkingHours } from "#lib/organisation/commands/change.ts";
import { parseRow } from "#lib/organisation/rows.ts";
import { workingHoursSchema } from "#lib/organisation/working-hours.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { authorize } from "../../_access/current-person.ts";
import type { SettingsRefusal } from "./refusal.ts";

type Done = Outcome<undefined, SettingsRefusal>;

const list = z.enum(ROW_LISTS);
const revision = z.int().min(0);
const saveInput = z.strictObject({
  list,
  draft: z.record(z.string(), z.string().max(1000)),
  seenRevision: revision.nullable(),
});
const removeInput = z.strictObject({ list, key: z.string().max(500), seenRevision: revision });
const hoursInput = z.strictObject({ hours: z.unknown(), seenRevision: revision });

export async function saveRowAction(input: unknown): Promise<Done> {
  const admin = await authorize("organisation.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = saveInput.safeParse(input);
  if (!parsed.success) return failure({ kind: "invalid-input" });
  const row = parseRow(parsed.data.list, parsed.data.draft);
  if (!row.ok) return failure({ kind: "invalid-row", faults: row.reason });
  const { seenRevision } = parsed.data;
  const by = { person: admin.value, now: new Date() };
  const outcome = await saveRow(parsed.data.list, { row: row.value, seenRevision }, by);
  refresh();
  return outcome.ok ? outcome : failure({ kind: outcome.reason });
}

export async function removeRowAction(input: unknown): Promise<Done> {
  const admin = await authorize("organisation.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = removeInput.safeParse(input);
  if (!parsed.success) return failure({ kind: "invalid-input" });
  const by = { person: admin.value, now: new Date() };
  const outcome = await removeRow(parsed.data.list, parsed.data, by);
  refresh();
  return outcome.ok ? outcome : failure({ kind: outcome.reason });
}

/** `hours` null: nobody says any more when people work. */
export async function setHoursAction(input: unknown): Promise<Done> {
  const admin = await authorize("organisation.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = hoursInput.safeParse(input);
  if (!parsed.success) return failure({ kind: "invalid-input" });
  const hours = workingHoursSchema.nullable().safeParse(parsed.data.hours);
  if (!hours.success) {
    const problems = hours.error.issues.map(({ path, message }) => [String(path[0] ?? ""), message]);
    return failure({ kind: "invalid-hours", problems: Object.fromEntries(problems) });
  }
  const by = { person: admin.value, now: new Date() };
  const outcome = await setWorkingHours(hours.data, parsed.data.seenRevision, by);
  refresh();
  return outcome.ok ? outcome : failure({ kind: outcome.reason });
}

/** Starts anew what brings stored events to where the settings want them. */
export async function followAction(): Promise<Done> {
  const admin = await authorize("organisation.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const { from } = await getReach();
  if (from !== null) {
    const started = await startReplay({ scope: { kind: "everything" }, from }, admin.value, new Date());
    if (!started.ok) return failure({ kind: started.reason });
  }
  refresh();
  return success();
}

/** Puts the first steps away for whoever asks, or (`false`) shows them again. */
export async function putFirstStepsAwayAction(input: unknown): Promise<Done> {
  const admin = await authorize("organisation.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const isAway = z.boolean().safeParse(input);
  if (!isAway.success) return failure({ kind: "invalid-input" });
  await putFirstStepsAway(isAway.data, { person: admin.value, now: new Date() });
  refresh();
  return success();
}
