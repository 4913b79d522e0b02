import { type Choice, splitChoices, timeBounds } from "#lib/choice.ts";
import { anywhere, type Condition, single } from "#lib/db/conditions.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { type DetectionFilter, EVENT_KEYS, type EventChoiceKey, type EventFilter } from "../event-filter.ts";

type Sql = Prisma.Sql;
const { sql, join } = Prisma;

/**
 * How the events of a filter are found: along one index in time order, and by a test of each event that it leads to. Over
 * millions of events no other plan is safe.
 */
export type Plan = {
  /** `event`: columns of the table itself. `key`: another table that names events, `key.occurred_at` and `key.event_id`. */
  along: "event" | "key";
  /** What to select from, as `event` or `key`. */
  from: Sql;
  /** What the index leads to, without the times. */
  lead: Sql[];
  /** Times that bound the walk. */
  since: Date | undefined;
  until: Date | undefined;
  /** What is tested of each event, as a condition on `event`. */
  rest: Sql[];
};

/** The plan of a filter. */
export function planOf(filter: EventFilter, now: Date): Plan {
  const { from, to } = timeBounds(filter, now);
  const leading = LEADS.find(({ key }) => onlyValue(filter[key]) !== undefined);
  const rest = EVENT_KEYS.filter((key) => key !== leading?.key).flatMap((key) =>
    CONDITIONS[key](filter[key]),
  );
  if (filter.q) rest.push(...searched(filter.q));
  const times = { since: from, until: to };
  if (leading) {
    const value = onlyValue(filter[leading.key]) ?? "";
    if (filter.detections) rest.push(detected(filter.detections));
    return { ...leading.lead(value), ...times, rest };
  }
  if (filter.detections) {
    const lead = DETECTIONS[filter.detections];
    return { along: "key", from: sql`detection key`, lead: lead ? [lead(sql`key`)] : [], ...times, rest };
  }
  return { along: "event", from: sql`event`, lead: [], ...times, rest };
}

/** The one value that a kind of choices asks for. */
function onlyValue(choices: readonly Choice[]): string | undefined {
  const [choice, ...others] = choices;
  return choice && !choice.not && others.length === 0 ? choice.value : undefined;
}

type Lead = { key: EventChoiceKey; lead: (value: string) => Pick<Plan, "along" | "from" | "lead"> };

/** What has an index, what mostly leads to the fewest events first. */
const LEADS: readonly Lead[] = [
  {
    key: "image",
    lead: (id) => ({ along: "key", from: sql`event_image key`, lead: [sql`key.image_id = ${id}::uuid`] }),
  },
  { key: "address", lead: (value) => alongText(sql`event.source_ip`, value) },
  {
    key: "actor",
    lead: (id) => ({ along: "event", from: sql`event`, lead: [sql`event.actor_id = ${id}::uuid`] }),
  },
  { key: "operation", lead: (value) => alongText(sql`event.operation`, value) },
  { key: "account", lead: (value) => alongText(sql`event.account`, value) },
];

/** The index holds the beginning of a text, which may be longer than an index takes. */
function alongText(column: Sql, value: string): Pick<Plan, "along" | "from" | "lead"> {
  return {
    along: "event",
    from: sql`event`,
    lead: [sql`left(${column}, 200) = left(${value}::text, 200)`, sql`${column} = ${value}::text`],
  };
}

/** Of several images any of those asked for, none of those ruled out. */
const image: Condition = (choices) => {
  const touches = (ids: string[]) =>
    anyOf(sql`event_image where event_image.occurred_at = event.occurred_at and event_image.event_id = event.id
      and event_image.image_id = any(${ids}::uuid[])`);
  const { wanted, unwanted } = splitChoices(choices);
  return [
    ...(wanted.length > 0 ? [touches(wanted)] : []),
    ...(unwanted.length > 0 ? [sql`not ${touches(unwanted)}`] : []),
  ];
};

const CONDITIONS = {
  platform: single(sql`event.platform`),
  service: single(sql`event.service`),
  operation: single(sql`event.operation`),
  outcome: single(sql`event.outcome`),
  account: single(sql`event.account`),
  region: single(sql`event.region`),
  class: single(sql`event.address_class`),
  address: single(sql`event.source_ip`),
  network: single(sql`event.network`),
  actor: single(sql`event.actor_id`, sql`::uuid[]`),
  image,
  session: single(sql`event.session`),
  key: single(sql`event.access_key`),
  agent: single(sql`event.user_agent`),
  log: single(sql`event.log_source`),
} as const satisfies Record<EventChoiceKey, Condition>;

const DETECTIONS = {
  only: undefined,
  open: (of: Sql) => sql`${of}.entry_id is null`,
  suppressed: (of: Sql) => sql`${of}.entry_id is not null`,
} as const satisfies Record<DetectionFilter, ((of: Sql) => Sql) | undefined>;

function detected(filter: DetectionFilter): Sql {
  const also = DETECTIONS[filter];
  return anyOf(sql`detection where detection.occurred_at = event.occurred_at and detection.event_id = event.id
    ${also ? sql`and ${also(sql`detection`)}` : Prisma.empty}`);
}

/** Like `exists`, which PostgreSQL might answer by reading the whole table first: it does not know that a walk is short. */
function anyOf(rows: Sql): Sql {
  return sql`(select true from ${rows} limit 1) is not null`;
}

/** All words, in any order, anywhere in what the log says of who did what from where. */
function searched(text: string): Sql[] {
  const columns = join([
    sql`event.operation`,
    sql`event.principal`,
    sql`event.session`,
    sql`event.user_agent`,
    sql`event.source_ip`,
    sql`event.account`,
    sql`event.error_code`,
  ]);
  return text.split(/\s+/).map((word) => sql`concat_ws(e'\n', ${columns}) ilike ${anywhere(word)}`);
}
