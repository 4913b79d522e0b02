import { splitChoices, timeBounds } from "#lib/choice.ts";
import { anywhere, type Condition, single } from "#lib/db/conditions.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { SEVERITIES, SEVERITY_FLOORS, type Severity } from "#lib/detection/severity.ts";
import {
  type AlertFilter,
  type ChoiceKey,
  leavesOutInfo,
  type QueueTab,
  type Timing,
} from "../alert-filter.ts";

type Sql = Prisma.Sql;
const { sql, join, empty } = Prisma;

/** The `where` of a filter over `alert`, with every value as a parameter. */
export function alertWhere(filter: AlertFilter, now: Date, without?: ChoiceKey): Sql {
  const conditions = [
    ...inTab(filter, without),
    ...Object.entries(CONDITIONS).flatMap(([key, condition]) =>
      key === without ? [] : condition(filter[key as ChoiceKey]),
    ),
    ...others(filter, now),
  ];
  return conditions.length === 0 ? empty : sql`where ${join(conditions, " and ")}`;
}

/** Which list an alert must be in. What is no more than information stands aside there, but not as a value to choose. */
export function inTab(
  { queue, severity: levels, personId }: Pick<AlertFilter, "queue" | "severity" | "personId">,
  without?: ChoiceKey,
): Sql[] {
  const floor = without !== "severity" && leavesOutInfo({ queue, severity: levels });
  return [...TABS[queue](personId), ...(floor ? [sql`alert.score >= ${SEVERITY_FLOORS.low}`] : [])];
}

const TABS = {
  open: () => [sql`alert.queue = 'open'`],
  mine: (personId) => [sql`alert.assignee_id = ${personId}::uuid`, sql`alert.queue <> 'closed'`],
  suppressed: () => [sql`alert.queue = 'suppressed'`],
  history: () => [sql`alert.queue = 'history'`],
  closed: () => [sql`alert.queue = 'closed'`],
  all: () => [],
} as const satisfies Record<QueueTab, (personId: string) => Sql[]>;

/** The same for an alert that has several values: any of those asked for, none of those ruled out. */
function several(column: Sql, cast: Sql = sql`::text[]`): Condition {
  return (choices) => {
    const { wanted, unwanted } = splitChoices(choices);
    return [
      ...(wanted.length > 0 ? [sql`${column} && ${wanted}${cast}`] : []),
      ...(unwanted.length > 0 ? [sql`not ${column} && ${unwanted}${cast}`] : []),
    ];
  };
}

/** Severity is a range of scores. */
const severity: Condition = (choices) => {
  const { wanted, unwanted } = splitChoices(choices);
  const ranges = (levels: readonly string[]) =>
    join(
      levels.map((level) => inLevel(level as Severity)),
      " or ",
    );
  return [
    ...(wanted.length > 0 ? [sql`(${ranges(wanted)})`] : []),
    ...(unwanted.length > 0 ? [sql`not (${ranges(unwanted)})`] : []),
  ];
};

function inLevel(level: Severity): Sql {
  const next = SEVERITIES[SEVERITIES.indexOf(level) + 1];
  const below = next ? SEVERITY_FLOORS[next] : 101;
  return sql`alert.score >= ${SEVERITY_FLOORS[level]} and alert.score < ${below}`;
}

const CONDITIONS = {
  severity,
  status: single(sql`alert.status`),
  assignee: single(sql`alert.assignee_id`, sql`::uuid[]`),
  verdict: single(sql`alert.verdict`),
  platform: single(sql`alert.platform`),
  account: several(sql`alert.accounts`),
  region: several(sql`alert.regions`),
  operation: several(sql`alert.operations`),
  rule: several(sql`alert.rules`),
  actor: several(sql`alert.actor_ids`, sql`::uuid[]`),
  image: single(sql`alert.image_id`, sql`::uuid[]`),
  class: several(sql`alert.address_classes`),
  address: several(sql`alert.source_ips`),
  outcome: single(sql`alert.outcome`),
  signal: several(sql`alert.broke_through`),
  entry: several(sql`alert.entry_ids`, sql`::uuid[]`),
} as const satisfies Record<ChoiceKey, Condition>;

function others(filter: AlertFilter, now: Date): Sql[] {
  const { from, to } = timeBounds(filter, now);
  return [
    ...(filter.q ? [searched(filter.q)] : []),
    ...(filter.count ? [sql`alert.detection_count >= ${filter.count}`] : []),
    ...(from ? [sql`alert.last_at >= ${from}`] : []),
    ...(to ? [sql`alert.last_at <= ${to}`] : []),
    ...(filter.timing ? [sql`${TIMED} and ${TIMING_CONDITIONS[filter.timing]}`] : []),
    ...(filter.visibleFrom ? [sql`${VISIBLE_SINCE} >= ${filter.visibleFrom}`] : []),
    ...(filter.visibleTo ? [sql`${VISIBLE_SINCE} <= ${filter.visibleTo}`] : []),
  ];
}

const VISIBLE_SINCE = sql`coalesce(alert.visible_at, alert.created_at)`;

const TIMED = sql`alert.live and alert.visible_at is not null and alert.reason_class is distinct from 'authorised_test'`;

/** What holds of the alerts that are timed at all. */
export const TIMING_CONDITIONS = {
  visible: sql`true`,
  acknowledged: sql`alert.acknowledged_at is not null`,
  unacknowledged: sql`alert.acknowledged_at is null and alert.queue = 'open'`,
  closed: sql`alert.closed_at is not null`,
  unclosed: sql`alert.closed_at is null and alert.queue = 'open'`,
} as const satisfies Record<Timing, Sql>;

/** All words, in any order, anywhere; `%` and `_` are characters like any other. */
function searched(text: string): Sql {
  const number = /^alr-(\d{1,9})$/i.exec(text)?.[1];
  if (number) return sql`alert.number = ${Number(number)}`;
  const words = text.toLowerCase().split(/\s+/);
  return join(
    words.map((word) => sql`alert.search like ${anywhere(word)}`),
    " and ",
  );
}
