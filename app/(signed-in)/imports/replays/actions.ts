"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { cancelReplay, previewReplay, startReplay } from "#lib/ingest/commands/replays.ts";
import { replayScopeSchema, STAGES } from "#lib/ingest/replay.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { authorize } from "../../../_access/current-person.ts";
import type { Refusal } from "../../../_access/refusal-words.ts";

export type ReplayRefusal = Refusal | "invalid-input" | "one-is-waiting" | "gone" | "ended-already";

const wantedSchema = z.strictObject({ scope: replayScopeSchema, from: z.enum(STAGES) });

/** Queues a look at what would differ. Gives the run's id. */
export async function previewReplayAction(input: unknown): Promise<Outcome<string, ReplayRefusal>> {
  const admin = await authorize("replays.run");
  if (!admin.ok) return admin;
  const parsed = wantedSchema.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  return success(await previewReplay(parsed.data, admin.value, new Date()));
}

/** Queues a run that changes what differs. Gives its id. */
export async function startReplayAction(input: unknown): Promise<Outcome<string, ReplayRefusal>> {
  const admin = await authorize("replays.run");
  if (!admin.ok) return admin;
  const parsed = wantedSchema.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  return await startReplay(parsed.data, admin.value, new Date());
}

export async function cancelReplayAction(input: unknown): Promise<Outcome<undefined, ReplayRefusal>> {
  const admin = await authorize("replays.run");
  if (!admin.ok) return admin;
  const parsed = z.guid().safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  const outcome = await cancelReplay(parsed.data, new Date());
  refresh();
  return outcome;
}
