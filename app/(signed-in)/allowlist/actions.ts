"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { type Broadness, broadnessOf } from "#lib/allowlist/breadth.ts";
import { moveEntry } from "#lib/allowlist/commands/move.ts";
import { changeEntry, createEntry, type Saved } from "#lib/allowlist/commands/save.ts";
import { addWatchItem, removeWatchItem, type WatchFailure } from "#lib/allowlist/commands/watch.ts";
import { isNarrow } from "#lib/allowlist/entry.ts";
import type { EntryFailure } from "#lib/allowlist/objection.ts";
import type { Counts, Preview } from "#lib/allowlist/preview.ts";
import { countMatches, previewEntry } from "#lib/allowlist/queries/preview.ts";
import { entrySentence, type Segment } from "#lib/allowlist/sentence.ts";
import { watchItemSchema } from "#lib/allowlist/watch.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { authorize } from "../../_access/current-person.ts";
import type { Refusal } from "../../_access/refusal-words.ts";
import { checkInput, type Issue, issuesOf, moveInput, previewInput, savingInput } from "./inputs.ts";

export type InvalidInput = { reason: "invalid-input"; issues: Issue[] };
export type EntryRefusal = EntryFailure | InvalidInput | { reason: Refusal };
export type Check = { counts: Counts; broadness: Broadness[]; isNarrow: boolean; sentence: Segment[] };

/** Makes an entry, or changes the one that the person saw. */
export async function saveEntryAction(input: unknown): Promise<Outcome<Saved, EntryRefusal>> {
  const person = await authorize("allowlist.draft");
  if (!person.ok) return failure({ reason: person.reason });
  const now = new Date();
  const parsed = savingInput(now).safeParse(input);
  if (!parsed.success) return failure({ reason: "invalid-input", issues: issuesOf(parsed.error) });
  const { seen, ...saving } = parsed.data;
  const outcome = seen
    ? await changeEntry(person.value, seen, saving, now)
    : await createEntry(person.value, saving, now);
  refresh();
  return outcome;
}

export async function moveEntryAction(input: unknown): Promise<Outcome<undefined, EntryRefusal>> {
  const person = await authorize("allowlist.draft");
  if (!person.ok) return failure({ reason: person.reason });
  const parsed = moveInput.safeParse(input);
  if (!parsed.success) return failure({ reason: "invalid-input", issues: issuesOf(parsed.error) });
  const { seen, ...moving } = parsed.data;
  const outcome = await moveEntry(person.value, seen, moving, new Date());
  refresh();
  return outcome;
}

/** What conditions cover and what speaks against them, while somebody is still writing them. */
export async function checkAction(
  input: unknown,
): Promise<Outcome<Check, InvalidInput | { reason: Refusal }>> {
  const person = await authorize("allowlist.draft");
  if (!person.ok) return failure({ reason: person.reason });
  const parsed = checkInput(new Date()).safeParse(input);
  if (!parsed.success) return failure({ reason: "invalid-input", issues: issuesOf(parsed.error) });
  const { conditions } = parsed.data;
  return success({
    counts: await countMatches(conditions),
    broadness: broadnessOf(conditions),
    isNarrow: isNarrow(parsed.data),
    sentence: entrySentence({ state: "draft", conditions }, ""),
  });
}

/** What an entry would do to all that is stored. */
export async function previewAction(
  input: unknown,
): Promise<Outcome<Preview, InvalidInput | { reason: Refusal }>> {
  const person = await authorize("allowlist.draft");
  if (!person.ok) return failure({ reason: person.reason });
  const parsed = previewInput(new Date()).safeParse(input);
  if (!parsed.success) return failure({ reason: "invalid-input", issues: issuesOf(parsed.error) });
  const { ownId, ...draft } = parsed.data;
  return success(await previewEntry(draft, ownId ?? undefined));
}

export type WatchRefusal = { reason: WatchFailure } | InvalidInput | { reason: Refusal };

export async function addWatchItemAction(input: unknown): Promise<Outcome<undefined, WatchRefusal>> {
  const admin = await authorize("watchlist.manage");
  if (!admin.ok) return failure({ reason: admin.reason });
  const parsed = watchItemSchema.safeParse(input);
  if (!parsed.success) return failure({ reason: "invalid-input", issues: issuesOf(parsed.error) });
  const outcome = await addWatchItem(admin.value, parsed.data, new Date());
  refresh();
  return outcome.ok ? outcome : failure({ reason: outcome.reason });
}

const itemInput = z.object({ itemId: z.guid() });

export async function removeWatchItemAction(input: unknown): Promise<Outcome<undefined, WatchRefusal>> {
  const admin = await authorize("watchlist.manage");
  if (!admin.ok) return failure({ reason: admin.reason });
  const parsed = itemInput.safeParse(input);
  if (!parsed.success) return failure({ reason: "invalid-input", issues: issuesOf(parsed.error) });
  const outcome = await removeWatchItem(admin.value, parsed.data.itemId, new Date());
  refresh();
  return outcome.ok ? outcome : failure({ reason: outcome.reason });
}
