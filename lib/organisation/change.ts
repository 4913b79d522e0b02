import type { RowList } from "./columns.ts";
import type { CloudAccount, ImageImportance, OrganisationList } from "./organisation.ts";
import { type AnyRow, type RowOf, rowKey } from "./rows.ts";

/** The first stage of a replay that makes stored events follow a change. */
export type ReachStage = "normalise" | "detect";

/** What a change does to a list. */
export type ListChange<Row> = {
  added: Row[];
  changed: { before: Row; after: Row }[];
  removed: Row[];
  unchanged: Row[];
};

/** What rows make of a list. `removesOthers`: what they do not name goes. Of a row that is named twice the last counts. */
export function planChange<Row extends AnyRow>(
  current: readonly Row[],
  rows: readonly Row[],
  { removesOthers }: { removesOthers: boolean },
): ListChange<Row> {
  const before = new Map(current.map((row) => [rowKey(row), row]));
  const wanted = new Map(rows.map((row) => [rowKey(row), row]));
  const change: ListChange<Row> = { added: [], changed: [], removed: [], unchanged: [] };
  for (const [key, after] of wanted) {
    const known = before.get(key);
    if (!known) change.added.push(after);
    else if (isSameRow(known, after)) change.unchanged.push(after);
    else change.changed.push({ before: known, after });
  }
  if (removesOthers) change.removed = current.filter((row) => !wanted.has(rowKey(row)));
  return change;
}

/** Whether anything would be other afterwards. */
export function isChange({ added, changed, removed }: ListChange<unknown>): boolean {
  return added.length + changed.length + removed.length > 0;
}

function isSameRow(one: AnyRow, other: AnyRow): boolean {
  const fields = new Map(Object.entries(other));
  return Object.entries(one).every(([field, value]) => fields.get(field) === value);
}

/** What stored events need because of it: null where it only gives other names. */
export function stageOf<List extends RowList>(
  list: List,
  change: ListChange<RowOf[List]>,
): ReachStage | null {
  const pairs: [before: AnyRow | null, after: AnyRow | null][] = [
    ...change.added.map((after): [null, AnyRow] => [null, after]),
    ...change.changed.map(({ before, after }): [AnyRow, AnyRow] => [before, after]),
    ...change.removed.map((before): [AnyRow, null] => [before, null]),
  ];
  if (!pairs.some(([before, after]) => COUNTS[list](before as never, after as never))) return null;
  // The class of an address is a field of the event itself.
  return list === "networks" ? "normalise" : "detect";
}

const COUNTS: { [List in RowList]: (before: RowOf[List] | null, after: RowOf[List] | null) => boolean } = {
  networks: (before, after) => before?.cidr !== after?.cidr,
  accounts: (before, after) => weightOf(before) !== weightOf(after),
  applications: () => false,
  images: (before, after) => importanceOf(before) !== importanceOf(after),
};

function weightOf(account: CloudAccount | null): string {
  return `${account?.isOwn ?? false} ${importanceOf(account)}`;
}

function importanceOf(row: CloudAccount | ImageImportance | null): string {
  return row?.importance ?? "normal";
}

/** How many examples of a change are kept. */
const MOST_EXAMPLES = 20;

/** A row as it was and as it is, for people. */
export type ChangeExample = { name: string; before: unknown; after: unknown };

export function examplesOf(change: ListChange<AnyRow>): ChangeExample[] {
  return [
    ...change.added.map((after) => ({ name: rowKey(after), before: null, after })),
    ...change.changed.map(({ before, after }) => ({ name: rowKey(after), before, after })),
    ...change.removed.map((before) => ({ name: rowKey(before), before, after: null })),
  ].slice(0, MOST_EXAMPLES);
}

/** A change that was made, the numbers of its rows. */
export type OrganisationChange = {
  revision: number;
  list: OrganisationList;
  how: "form" | "csv";
  added: number;
  changed: number;
  removed: number;
  examples: ChangeExample[];
  stage: ReachStage | null;
  by: string | null;
  at: Date;
};
