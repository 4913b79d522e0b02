import { z } from "zod";
import type { Role } from "#lib/access/person.ts";
import type { EntryState } from "./entry.ts";

const ADMIN: readonly Role[] = ["admin"];
const ANALYST: readonly Role[] = ["analyst", "admin"];

type EntryMove = { from: readonly EntryState[]; to: EntryState; who: readonly Role[] };

/** Which change of an entry's state is legal, and who may make it. Buttons, actions and tests read this table. */
export const ENTRY_MOVES = {
  observe: { from: ["draft", "enforcing", "paused"], to: "observing", who: ANALYST },
  /** An analyst may enforce what is narrow and short: `isNarrow`. */
  enforce: { from: ["draft", "observing", "paused"], to: "enforcing", who: ANALYST },
  pause: { from: ["observing", "enforcing"], to: "paused", who: ANALYST },
  /** It was wrong: what it hid is open again. */
  revoke: { from: ["observing", "enforcing", "paused", "expired", "archived"], to: "revoked", who: ADMIN },
  archive: { from: ["draft", "observing", "enforcing", "paused", "expired"], to: "archived", who: ADMIN },
  restore: { from: ["archived"], to: "paused", who: ADMIN },
} as const satisfies Record<string, EntryMove>;
export type EntryMoveName = keyof typeof ENTRY_MOVES;
export const ENTRY_MOVE_NAMES = Object.keys(ENTRY_MOVES) as EntryMoveName[];

/** The states in which what an entry says can be changed. */
export const CHANGEABLE: readonly EntryState[] = ["draft", "observing", "enforcing", "paused", "expired"];

export function canMoveEntry(move: EntryMoveName, state: EntryState, role: Role): boolean {
  const { from, who }: EntryMove = ENTRY_MOVES[move];
  return from.includes(state) && who.includes(role);
}

/** What a history tells of an entry. `changed` covers a longer or shorter life too. */
export const CHANGE_KINDS = [
  "drafted",
  "changed",
  "observing",
  "enforcing",
  "paused",
  "expired",
  "revoked",
  "archived",
  "restored",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What an admin confirmed although the product advised against it. */
export const confirmationSchema = z.object({
  of: z.enum(["broad", "true-positives"]),
  findings: z.array(z.string()),
  reason: z.string(),
});
export type Confirmation = z.infer<typeof confirmationSchema>;
