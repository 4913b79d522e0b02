import { z } from "zod";
import { db, pool, type Transaction } from "#lib/db/client.ts";
import type { ChangeExample, OrganisationChange, ReachStage } from "../change.ts";
import type { RowList } from "../columns.ts";
import type { OrganisationList } from "../organisation.ts";
import type { RowOf } from "../rows.ts";
import type { WorkingHours } from "../working-hours.ts";
import { LIST_TABLES, ROW_KEYS } from "./tables.ts";

const PAGE_ROWS = 100;

/** `revision`: of the change that wrote it; whoever changes the row carries it. */
export type StoredRow<Row> = { key: string; revision: number; row: Row };
export type RowPage<Row> = { rows: StoredRow<Row>[]; count: number; found: number; next: string | null };

/** A page of a list, in the order of its keys. `after`: the key of the last row before; `q`: a text that a row contains. */
export async function listRows<List extends RowList>(
  list: List,
  { q, after }: { q: string; after: string | null },
): Promise<RowPage<RowOf[List]>> {
  const { table, as, search } = LIST_TABLES[list];
  const key = ROW_KEYS[list];
  const like = `%${q.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const { rows } = await pool().query<{ key: string; revision: number; row: RowOf[List] }>(
    `select ${key} as key, revision, (select row_to_json(one) from (select ${as}) one) as row from ${table}
     where ($1::text is null or (${key}) collate "C" > $1) and ${search} ilike $2
     order by (${key}) collate "C" limit ${PAGE_ROWS + 1}`,
    [after, like],
  );
  const counted = await pool().query<{ count: number; found: number }>(
    `select count(*)::int as count, count(*) filter (where ${search} ilike $1)::int as found from ${table}`,
    [like],
  );
  const page = rows.slice(0, PAGE_ROWS);
  const { count = 0, found = 0 } = counted.rows[0] ?? {};
  return { rows: page, count, found, next: rows.length > PAGE_ROWS ? (page.at(-1)?.key ?? null) : null };
}

/** Every row of a list, at most MOST_ROWS, in the order of their keys. */
export async function allRows<List extends RowList>(
  list: List,
  client: Pick<Transaction, "query"> = pool(),
): Promise<StoredRow<RowOf[List]>[]> {
  const { table, as } = LIST_TABLES[list];
  const key = ROW_KEYS[list];
  const { rows } = await client.query<StoredRow<RowOf[List]>>(
    `select ${key} as key, revision, (select row_to_json(one) from (select ${as}) one) as row from ${table}
     order by (${key}) collate "C"`,
  );
  return rows;
}

/** The revision of the last change of a list: 0 where nobody has made one. */
export async function listRevision(
  list: OrganisationList,
  client: Pick<Transaction, "query"> = pool(),
): Promise<number> {
  const { rows } = await client.query<{ revision: number }>(
    "select coalesce(max(revision), 0)::int as revision from organisation_change where list = $1",
    [list],
  );
  return rows[0]?.revision ?? 0;
}

export type HoursInForce = { hours: WorkingHours | null; revision: number };

export async function getWorkingHours(): Promise<HoursInForce> {
  const [row, revision] = await Promise.all([db().workingHours.findFirst(), listRevision("hours")]);
  const hours = row && { days: row.days, opens: row.opens, closes: row.closes, zone: row.zone };
  return { hours, revision };
}

/** How many rows each list has, and whether hours are set. */
export async function countLists(): Promise<Record<OrganisationList, number>> {
  const { rows } = await pool().query(
    `select (select count(*)::int from own_network) as networks, (select count(*)::int from cloud_account) as accounts,
       (select count(*)::int from cloud_application) as applications,
       (select count(*)::int from image_importance) as images, (select count(*)::int from working_hours) as hours`,
  );
  return countsSchema.parse(rows[0]);
}

const countsSchema = z.object({
  networks: z.int(),
  accounts: z.int(),
  applications: z.int(),
  images: z.int(),
  hours: z.int(),
});

const MOST_CHANGES = 30;

/** Who changed what when, the latest first. */
export async function listOrganisationChanges(): Promise<OrganisationChange[]> {
  const rows = await db().organisationChange.findMany({ orderBy: { revision: "desc" }, take: MOST_CHANGES });
  const people = await db().person.findMany({
    where: { id: { in: rows.flatMap(({ savedBy }) => savedBy ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map(({ list, how, examples, stage, savedBy, savedAt, ...row }) => ({
    ...row,
    list: list as OrganisationList,
    how: how as OrganisationChange["how"],
    examples: examples as unknown as ChangeExample[],
    stage: stage as ReachStage | null,
    by: (savedBy && names.get(savedBy)) ?? null,
    at: savedAt,
  }));
}

/** Whether somebody has put the first steps away. */
export async function areFirstStepsAway(personId: string): Promise<boolean> {
  return (await db().firstStepsAway.count({ where: { personId } })) > 0;
}
