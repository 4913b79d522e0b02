import type { Person } from "#lib/access/person.ts";
import type { Broadness } from "./breadth.ts";
import { type EntryContent, type EntryState, isNarrow, MAX_DAYS } from "./entry.ts";
import type { ChangeKind, Confirmation } from "./entry-move.ts";

/** What an entry is to do once it is saved. */
export const ENTRY_MODES = ["draft", "observing", "enforcing"] as const;
export type EntryMode = (typeof ENTRY_MODES)[number];

/** What an admin writes to have something saved although the product advises against it. */
export type Confirmations = { broad: string | null; truePositives: string | null };

/** Why an entry is not saved. `canConfirm`: the person may save it with a written reason. */
export type EntryFailure =
  | { reason: "not-allowed" }
  | { reason: "not-narrow" }
  | { reason: "expires-in-the-past" }
  | { reason: "lives-too-long" }
  | { reason: "unknown-owner" }
  | { reason: "unknown-entry" }
  | { reason: "too-broad"; broadness: Broadness[]; canConfirm: boolean }
  | { reason: "hides-true-positives"; alerts: number[]; canConfirm: boolean }
  | { reason: "not-from-here"; state: EntryState }
  | { reason: "changed-meanwhile"; by: string | null; kind: ChangeKind; at: Date };

/** What is known of an entry's conditions beside the entry itself. */
export type Findings = {
  broadness: Broadness[];
  /** Numbers of alerts that people judged true positive and of which it would hide detections. */
  truePositives: number[];
};

const DAY_MS = 86_400_000;

/** Why the entry may not be saved so by this person now; null when it may. Drafts do nothing, and may say anything. */
export function objectionTo(
  content: EntryContent,
  {
    person,
    mode,
    findings,
    confirmations,
    now,
  }: {
    person: Pick<Person, "role">;
    mode: EntryMode;
    findings: Findings;
    confirmations: Confirmations;
    now: Date;
  },
): EntryFailure | null {
  const isAdmin = person.role === "admin";
  if (!isAdmin && person.role !== "analyst") return { reason: "not-allowed" };
  if (content.expiresAt <= now) return { reason: "expires-in-the-past" };
  if (content.expiresAt.getTime() - now.getTime() > MAX_DAYS * DAY_MS) return { reason: "lives-too-long" };
  if (mode === "draft") return null;
  // What breaks through, an admin's watch list among it, is not an analyst's to swallow.
  const isOwn = isNarrow(content) && content.signals.length === 0;
  if (mode === "enforcing" && !isAdmin && !isOwn) return { reason: "not-narrow" };
  const { broadness, truePositives } = findings;
  if (broadness.length > 0 && !(isAdmin && confirmations.broad))
    return { reason: "too-broad", broadness, canConfirm: isAdmin };
  if (mode === "enforcing" && truePositives.length > 0 && !(isAdmin && confirmations.truePositives))
    return { reason: "hides-true-positives", alerts: truePositives, canConfirm: isAdmin };
  return null;
}

/** What was confirmed, to be kept in the entry's history. */
export function confirmed(mode: EntryMode, findings: Findings, confirmations: Confirmations): Confirmation[] {
  const { broadness, truePositives } = findings;
  const kept: Confirmation[] = [];
  if (mode !== "draft" && broadness.length > 0 && confirmations.broad)
    kept.push({ of: "broad", findings: broadness, reason: confirmations.broad });
  if (mode === "enforcing" && truePositives.length > 0 && confirmations.truePositives)
    kept.push({
      of: "true-positives",
      findings: truePositives.map((number) => `ALR-${number}`),
      reason: confirmations.truePositives,
    });
  return kept;
}
