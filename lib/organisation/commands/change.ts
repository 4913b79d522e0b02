import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { examplesOf, isChange, type ListChange, planChange, type ReachStage, stageOf } from "../change.ts";
import { MOST_ROWS, type RowList } from "../columns.ts";
import type { OrganisationList } from "../organisation.ts";
import { allRows, listRevision } from "../queries/lists.ts";
import { ORGANISATION_KEY } from "../queries/organisation.ts";
import { LIST_TABLES, ROW_KEYS } from "../queries/tables.ts";
import { type AnyRow, type RowOf, rowKey } from "../rows.ts";
import type { WorkingHours } from "../working-hours.ts";

/** `taken`: there is such a row already. `nothing`: all of it is so already. */
export type ChangeFault = "changed-meanwhile" | "taken" | "too-many" | "nothing";

/** Who changes it, and when. */
export type By = { person: { id: string }; now: Date };

/** Adds a row, or changes the one of its key. `seenRevision`: of the row as it was seen; null for one that is new. */
export async function saveRow<List extends RowList>(
  list: List,
  { row, seenRevision }: { row: RowOf[List]; seenRevision: number | null },
  by: By,
): Promise<Outcome<undefined, ChangeFault>> {
  return await changeList(list, "form", by, async (client) => {
    const stored = (await allRows(list, client)).find(({ key }) => key === rowKey(row));
    if (stored && seenRevision === null) return failure("taken");
    if ((stored?.revision ?? null) !== seenRevision) return failure("changed-meanwhile");
    return success(planChange<RowOf[List]>(stored ? [stored.row] : [], [row], { removesOthers: false }));
  });
}

export async function removeRow(
  list: RowList,
  { key, seenRevision }: { key: string; seenRevision: number },
  by: By,
): Promise<Outcome<undefined, ChangeFault>> {
  return await changeList(list, "form", by, async (client) => {
    const stored = (await allRows(list, client)).find((one) => one.key === key);
    if (stored?.revision !== seenRevision) return failure("changed-meanwhile");
    return success({ added: [], changed: [], unchanged: [], removed: [stored.row] });
  });
}

/** Takes the rows of a file, if nobody has changed the list since it was looked at what they do. */
export async function importRows<List extends RowList>(
  list: List,
  wanted: { rows: readonly RowOf[List][]; removesOthers: boolean; seenRevision: number },
  by: By,
): Promise<Outcome<undefined, ChangeFault>> {
  return await changeList(list, "csv", by, async (client) => {
    if ((await listRevision(list, client)) !== wanted.seenRevision) return failure("changed-meanwhile");
    const stored = await allRows(list, client);
    return success(
      planChange<RowOf[List]>(
        stored.map(({ row }) => row),
        wanted.rows,
        wanted,
      ),
    );
  });
}

/** Sets when people work; null: nobody says so any more. */
export async function setWorkingHours(
  hours: WorkingHours | null,
  seenRevision: number,
  { person, now }: By,
): Promise<Outcome<undefined, "changed-meanwhile">> {
  return await inTransaction(async (client) => {
    await holdAlone(client);
    if ((await listRevision("hours", client)) !== seenRevision) return failure("changed-meanwhile");
    const before = await client.query("select days, opens, closes, zone from working_hours");
    await client.query("delete from working_hours");
    const revision = await nextRevision(client);
    if (hours) {
      await client.query(
        "insert into working_hours (id, days, opens, closes, zone, revision) values (1, $1, $2, $3, $4, $5)",
        [hours.days, hours.opens, hours.closes, hours.zone, revision],
      );
    }
    const [was = null] = before.rows;
    await note(client, {
      revision,
      list: "hours",
      how: "form",
      counts: [was ? 0 : 1, was && hours ? 1 : 0, hours ? 0 : 1],
      examples: [{ name: "hours", before: was, after: hours }],
      stage: "detect",
      by: { person, now },
    });
    return success();
  });
}

type Plan<Row> = Outcome<ListChange<Row>, ChangeFault>;

async function changeList<List extends RowList>(
  list: List,
  how: "form" | "csv",
  by: By,
  plan: (client: Transaction) => Promise<Plan<RowOf[List]>>,
): Promise<Outcome<undefined, ChangeFault>> {
  return await inTransaction(async (client) => {
    await holdAlone(client);
    const planned = await plan(client);
    if (!planned.ok) return planned;
    const change = planned.value;
    if (!isChange(change)) return failure("nothing");
    const revision = await nextRevision(client);
    await store(client, list, change, revision);
    const { table } = LIST_TABLES[list];
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    // Thrown, so that nothing of it stays.
    if ((rows[0]?.count ?? 0) > MOST_ROWS[list]) throw new TooMany();
    await note(client, {
      revision,
      list,
      how,
      counts: [change.added.length, change.changed.length, change.removed.length],
      examples: examplesOf(change),
      stage: stageOf(list, change),
      by,
    });
    return success();
  }).catch((error) => {
    if (error instanceof TooMany) return failure("too-many");
    throw error;
  });
}

class TooMany extends Error {}

/** Waits for the batches that hold on to the settings, and for other changes. */
async function holdAlone(client: Transaction): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1)", [ORGANISATION_KEY]);
}

async function nextRevision(client: Transaction): Promise<number> {
  const { rows } = await client.query<{ revision: number }>(
    "select coalesce(max(revision), 0)::int + 1 as revision from organisation_change",
  );
  return rows[0]?.revision ?? 1;
}

async function store(
  client: Transaction,
  list: RowList,
  { added, changed, removed }: ListChange<AnyRow>,
  revision: number,
): Promise<void> {
  const { table, key, row, from } = LIST_TABLES[list];
  if (removed.length > 0)
    await client.query(`delete from ${table} where ${ROW_KEYS[list]} = any($1::text[])`, [
      removed.map(rowKey),
    ]);
  const put = [...added, ...changed.map(({ after }) => after)];
  if (put.length === 0) return;
  // A changed row is written anew, so that each list needs to name its columns but once.
  await client.query(`delete from ${table} where ${ROW_KEYS[list]} = any($1::text[])`, [put.map(rowKey)]);
  const columns = from.replaceAll(/"isOwn" as /g, "");
  await client.query(
    `insert into ${table} (${columns}, revision)
     select ${from}, $2::int from jsonb_to_recordset($1::jsonb) as one (${row}) order by ${key}`,
    [JSON.stringify(put), revision],
  );
}

type Noted = {
  revision: number;
  list: OrganisationList;
  how: "form" | "csv";
  counts: readonly [added: number, changed: number, removed: number];
  examples: unknown;
  stage: ReachStage | null;
  by: By;
};

async function note(client: Transaction, noted: Noted): Promise<void> {
  const { revision, list, how, counts, examples, stage, by } = noted;
  await client.query(
    `insert into organisation_change (revision, list, how, added, changed, removed, examples, stage, saved_by, saved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [revision, list, how, ...counts, JSON.stringify(examples), stage, by.person.id, by.now],
  );
}

/** Puts the first steps away for one person, or (`isAway` false) shows them again. */
export async function putFirstStepsAway(isAway: boolean, { person, now }: By): Promise<void> {
  await inTransaction(async (client) => {
    await client.query("delete from first_steps_away where person_id = $1", [person.id]);
    if (isAway)
      await client.query("insert into first_steps_away (person_id, at) values ($1, $2)", [person.id, now]);
  });
}
