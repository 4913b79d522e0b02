import type { Transaction } from "#lib/db/client.ts";
import type { Rule } from "#lib/detection/rule.ts";
import { type Place, rulesFor } from "#lib/detection/rule-index.ts";
import { RULES } from "#lib/detection/rules.ts";
import type { ReplayScope } from "../replay.ts";

/** What of a run's blocks is looked at: all events on which its rules can fire, and all on which they have fired. */
export type LookedAt = { runId: string; scope: ReplayScope; ruleId: string | null };

const PLACES_AT_ONCE = 10_000;

/**
 * Notes for a run that begins with detection where the records lie that it has to read, of the blocks behind `position`. Most
 * events no rule looks at: those need not be read, and of those of which retention has gone over the records or alerts nothing
 * can be said. Returns how many records they are; repeated, of those that have come since.
 */
export async function noteBlocks(client: Transaction, of: LookedAt, position: string): Promise<number> {
  const rules = RULES.filter(({ id }) => of.ruleId === null || id === of.ruleId);
  const places = await placesOf(client, rules);
  const scope = scopeSql(of.scope, 7);
  const { rows } = await client.query<{ records: number | null }>(
    `with kept as (
       select coalesce(max(alerts_before), '-infinity') as after from retention_run
     ), looked_at as (
       select event.occurred_at, block_id, block_position
       from unnest($3::text[], $4::text[], $5::text[]) as place (platform, service, operation)
       join event on event.platform = place.platform and event.operation = place.operation
         and event.service is not distinct from place.service
       where ${scope.sql}
       union
       select event.occurred_at, block_id, block_position
       from detection join event on event.occurred_at = detection.occurred_at and event.id = detection.event_id
       where ($6::text is null or rule_id = $6) and ${scope.sql}
     ), noted as (
       insert into replay_block (run_id, block_id, positions)
       select $1, block_id, array_agg(block_position order by block_position)
       from looked_at cross join kept
       where occurred_at >= kept.after and block_id > $2
         and exists (select from raw_block where raw_block.id = block_id)
       group by block_id
       on conflict do nothing
       returning cardinality(positions) as records
     )
     select sum(records)::int as records from noted`,
    [
      of.runId,
      position,
      places.map(({ platform }) => platform),
      places.map(({ service }) => service),
      places.map(({ operation }) => operation),
      of.ruleId,
      ...scope.values,
    ],
  );
  return rows[0]?.records ?? 0;
}

/** Of the operations that occur those at which some rule looks. */
async function placesOf(client: Transaction, rules: readonly Rule[]): Promise<Place[]> {
  const platforms = new Set(rules.flatMap(({ match }) => match.map(({ platform }) => platform)));
  await client.query(
    `declare place no scroll cursor for
       select distinct platform, service, operation from event where platform = any('{${[...platforms].join()}}')`,
  );
  const found: Place[] = [];
  for (;;) {
    const { rows } = await client.query<Place>(`fetch ${PLACES_AT_ONCE} from place`);
    found.push(...rows.filter((place) => rulesFor(place, rules).length > 0));
    if (rows.length < PLACES_AT_ONCE) break;
  }
  await client.query("close place");
  return found;
}

/** The condition of the events of a scope, its values from `$first`. */
function scopeSql(scope: ReplayScope, first: number): { sql: string; values: unknown[] } {
  if (scope.kind === "import")
    return {
      sql: `block_id in (select id from raw_block where import_id = $${first})`,
      values: [scope.importId],
    };
  if (scope.kind === "source")
    return {
      sql: `event.occurred_at >= $${first} and event.occurred_at < $${first + 1}
        and ($${first + 2}::text is null or log_source = $${first + 2})`,
      values: [scope.from, scope.to, scope.logSource],
    };
  return { sql: "true", values: [] };
}
