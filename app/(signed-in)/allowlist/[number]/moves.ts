import { may } from "#lib/access/permission.ts";
import type { Person } from "#lib/access/person.ts";
import { type Entry, isNarrow } from "#lib/allowlist/entry.ts";
import { CHANGEABLE, canMoveEntry, ENTRY_MOVE_NAMES, type EntryMoveName } from "#lib/allowlist/entry-move.ts";
import type { EntryHits } from "#lib/allowlist/queries/entry.ts";

export type OfferedMove = {
  move: EntryMoveName;
  /** What it does, said before it is done. */
  consequence: string;
  /** The person may not, as the entry is not narrow and short. */
  isTooWide: boolean;
};

/** What this person can have the entry do. */
export function movesOf(
  entry: Entry,
  person: Person,
  hits: EntryHits,
): { moves: OfferedMove[]; canChange: boolean } {
  const moves = ENTRY_MOVE_NAMES.filter((move) => canMoveEntry(move, entry.state, person.role)).map(
    (move) => ({
      move,
      consequence: CONSEQUENCES[move](hits),
      isTooWide: move === "enforce" && person.role !== "admin" && !isNarrow(entry),
    }),
  );
  return { moves, canChange: may(person, "allowlist.draft") && CHANGEABLE.includes(entry.state) };
}

const CONSEQUENCES = {
  observe: ({ suppressed }) =>
    `From now on its hits are counted and nothing more is hidden.${suppressed > 0 ? ` What it has hidden so far stays hidden.` : ""}`,
  enforce: () =>
    "What matches from its start on, or from now when it was in force before, is hidden until it expires.",
  pause: ({ suppressed }) =>
    `From now on it does nothing. ${suppressed > 0 ? `${detections(suppressed)} that it has hidden stay hidden.` : "It can be resumed."}`,
  revoke: ({ suppressed }) =>
    suppressed > 0
      ? `It was wrong: ${detections(suppressed)} ${suppressed === 1 ? "is" : "are"} open again, unless another entry covers them, and say that this entry hid them. It cannot be undone.`
      : "It was wrong. It hides nothing now, and can do nothing any more. It cannot be undone.",
  archive: ({ suppressed }) =>
    `It is put out of the way and does nothing more.${suppressed > 0 ? ` ${detections(suppressed)} that it has hidden stay hidden.` : ""}`,
  restore: () => "It comes back paused.",
} as const satisfies Record<EntryMoveName, (hits: EntryHits) => string>;

function detections(count: number): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? "detection" : "detections"}`;
}
