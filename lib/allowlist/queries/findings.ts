import type { Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { broadnessOf } from "../breadth.ts";
import type { Condition } from "../condition.ts";
import type { Findings } from "../objection.ts";
import type { Preview } from "../preview.ts";
import { conditionsSql } from "./condition-sql.ts";

const { sql } = Prisma;

/** Fewer detections than these prove nothing about how much an entry hides. */
const ENOUGH_DETECTIONS = 10;
const MAX_LISTED = 20;

/** What speaks against conditions, from themselves and from what is stored. */
export async function getFindings(client: Transaction, conditions: readonly Condition[]): Promise<Findings> {
  const broadness = broadnessOf(conditions);
  if (await hidesEverything(client, conditions)) broadness.push("hides-everything");
  const judged = await listTruePositives(client, conditions);
  return { broadness, truePositives: judged.map(({ number }) => number) };
}

async function hidesEverything(client: Transaction, conditions: readonly Condition[]): Promise<boolean> {
  const query = sql`
    select (select count(*) from (select from detection limit ${ENOUGH_DETECTIONS}) few) = ${ENOUGH_DETECTIONS}
      and not exists (select from detection where (${conditionsSql(conditions)}) is not true) as everything`;
  const { rows } = await client.query<{ everything: boolean }>(query.text, query.values);
  return rows[0]?.everything ?? false;
}

/** The newest alerts that people judged true positive and that hold a detection which the conditions match. */
export async function listTruePositives(
  client: Transaction,
  conditions: readonly Condition[],
): Promise<Preview["truePositives"]> {
  // From the few that were judged so to their detections: the other way round all that matches would be read.
  const query = sql`
    with judged as materialized (select id, number, score, last_at from alert where verdict = 'true_positive')
    select number, score, last_at as "lastAt"
    from judged cross join lateral (
      select from detection where detection.alert_id = judged.id and ${conditionsSql(conditions)} limit 1
    ) hidden
    order by number desc limit ${MAX_LISTED}`;
  const { rows } = await client.query<Preview["truePositives"][number]>(query.text, query.values);
  return rows;
}
