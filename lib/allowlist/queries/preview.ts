import { z } from "zod";
import { inSnapshot, pool, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { findRule } from "#lib/detection/rules.ts";
import { SEVERITIES, SEVERITY_FLOORS, severityOf } from "#lib/detection/severity.ts";
import { SIGNALS } from "#lib/detection/signal.ts";
import type { Condition } from "../condition.ts";
import { ENTRY_STATES } from "../entry.ts";
import {
  type Counts,
  countBy,
  days,
  FATES,
  type Fate,
  largest,
  type Preview,
  type PreviewCell,
  type PreviewDraft,
  type PreviewGroup,
  type PreviewSample,
  severities,
  sum,
} from "../preview.ts";
import { conditionsSql } from "./condition-sql.ts";
import { listTruePositives } from "./findings.ts";

const { sql, join } = Prisma;

const SAMPLES = 10;

/** `ownId`: the entry that is being changed; it does not overlap with itself. */
export async function previewEntry(draft: PreviewDraft, ownId?: string): Promise<Preview> {
  return await inSnapshot((client) => preview(client, draft, ownId));
}

async function preview(
  client: Transaction,
  draft: PreviewDraft,
  ownId: string | undefined,
): Promise<Preview> {
  const cells = await listCells(client, draft);
  const alerts = await countAlerts(client, draft);
  const detections = (fate?: Fate) => sum(cells.filter((group) => fate === undefined || group.fate === fate));
  const counts = (fate: Fate): Counts => ({ detections: detections(fate), alerts: alerts[fate] });
  return {
    stored: await countStored(client),
    matched: { detections: detections(), alerts: alerts.all },
    suppressed: counts("suppressed"),
    brokeThrough: counts("broke-through"),
    outside: counts("outside"),
    signals: await countSignals(client, draft),
    byDay: days(cells),
    byRule: largest(cells, "rule_id", (id) => findRule(id)?.title ?? id),
    bySeverity: severities(cells),
    byActor: await named(
      client,
      "actor",
      largest(cells, "actor_id", (id) => id),
    ),
    byImage: await named(
      client,
      "image",
      largest(cells, "image_id", (id) => id),
    ),
    samples: await listSamples(client, draft),
    truePositives: await listTruePositives(client, draft.conditions),
    overlaps: await listOverlaps(client, cells, ownId),
  };
}

/** How much conditions match, whatever its time. */
export async function countMatches(conditions: readonly Condition[]): Promise<Counts> {
  const [row] = await run(
    pool(),
    sql`select count(*)::int as detections, count(distinct alert_id)::int as alerts
        from detection where ${conditionsSql(conditions)}`,
    z.object({ detections: z.int(), alerts: z.int() }),
  );
  return row ?? { detections: 0, alerts: 0 };
}

async function run<Schema extends z.ZodType>(
  client: Pick<Transaction, "query">,
  query: Prisma.Sql,
  schema: Schema,
): Promise<z.infer<Schema>[]> {
  const { rows } = await client.query(query.text, query.values);
  return z.array(schema).parse(rows);
}

async function countStored(client: Transaction): Promise<number> {
  const [row] = await run(
    client,
    sql`select count(*)::int as count from detection`,
    z.object({ count: z.int() }),
  );
  return row?.count ?? 0;
}

/** As `decide` says of an entry that stands alone. */
function fate({ signals, startsAt, expiresAt }: PreviewDraft): Prisma.Sql {
  return sql`case when occurred_at < ${startsAt} or occurred_at >= ${expiresAt} then 'outside'
    when signals <@ ${signals}::text[] then 'suppressed' else 'broke-through' end`;
}

const cellSchema = z.object({
  day: z.string(),
  rule_id: z.string(),
  level: z.int(),
  actor_id: z.guid().nullable(),
  image_id: z.guid().nullable(),
  entry_id: z.guid().nullable(),
  fate: z.enum(FATES),
  detections: z.int(),
});
/** One pass over what matches; everything that is counted by something is added up from these. */
async function listCells(client: Transaction, draft: PreviewDraft): Promise<PreviewCell[]> {
  const levels = join(
    SEVERITIES.slice(1).map((level) => sql`(score >= ${SEVERITY_FLOORS[level]})::int`),
    " + ",
  );
  return await run(
    client,
    sql`select to_char(day, 'YYYY-MM-DD') as day, rule_id, level, actor_id, image_id, entry_id, fate,
          count(*)::int as detections
        from (
          select date_trunc('day', occurred_at at time zone 'UTC') as day, rule_id, ${levels} as level, actor_id, image_id,
            entry_id, ${fate(draft)} as fate
          from detection where ${conditionsSql(draft.conditions)}
        ) matched
        group by day, rule_id, level, actor_id, image_id, entry_id, fate`,
    cellSchema,
  );
}

async function countAlerts(client: Transaction, draft: PreviewDraft): Promise<Record<Fate | "all", number>> {
  const [row] = await run(
    client,
    sql`select count(*)::int as "all", coalesce(sum(suppressed), 0)::int as suppressed,
          coalesce(sum(broke), 0)::int as "broke-through", coalesce(sum(outside), 0)::int as outside
        from (
          select alert_id, max((fate = 'suppressed')::int) as suppressed, max((fate = 'broke-through')::int) as broke,
            max((fate = 'outside')::int) as outside
          from (select alert_id, ${fate(draft)} as fate from detection where ${conditionsSql(draft.conditions)}) matched
          group by alert_id
        ) alerts`,
    z.object({ all: z.int(), suppressed: z.int(), "broke-through": z.int(), outside: z.int() }),
  );
  return row ?? { all: 0, suppressed: 0, "broke-through": 0, outside: 0 };
}

async function countSignals(client: Transaction, draft: PreviewDraft): Promise<Preview["signals"]> {
  return await run(
    client,
    sql`select signal, count(*)::int as detections
        from detection cross join lateral unnest(signals) as signal
        where cardinality(signals) > 0 and ${fate(draft)} = 'broke-through' and signal <> all(${draft.signals}::text[])
          and ${conditionsSql(draft.conditions)}
        group by signal order by detections desc, signal`,
    z.object({ signal: z.enum(SIGNALS), detections: z.int() }),
  );
}

async function listSamples(client: Transaction, draft: PreviewDraft): Promise<PreviewSample[]> {
  const rows = await run(
    client,
    sql`select detection.occurred_at, alert.number, detection.score, detection.operation, actor.name as actor,
          image.name as image, detection.tag, detection.source_ip, detection.signals, detection.fate
        from (
          select detection.*, ${fate(draft)} as fate from detection where ${conditionsSql(draft.conditions)}
          order by occurred_at desc, event_id desc, rule_id limit ${SAMPLES}
        ) detection
        join alert on alert.id = detection.alert_id
        left join actor on actor.id = detection.actor_id
        left join image on image.id = detection.image_id
        order by detection.occurred_at desc, detection.event_id desc, detection.rule_id`,
    z.object({
      occurred_at: z.date(),
      number: z.int(),
      score: z.int(),
      operation: z.string(),
      actor: z.string().nullable(),
      image: z.string().nullable(),
      tag: z.string().nullable(),
      source_ip: z.string().nullable(),
      signals: z.array(z.enum(SIGNALS)),
      fate: z.enum(FATES),
    }),
  );
  return rows.map(({ occurred_at, number, score, source_ip, signals, ...row }) => ({
    ...row,
    occurredAt: occurred_at,
    alertNumber: number,
    severity: severityOf(score),
    sourceIp: source_ip,
    brokeThrough: row.fate === "broke-through" ? signals.filter((one) => !draft.signals.includes(one)) : [],
  }));
}

async function listOverlaps(
  client: Transaction,
  cells: readonly PreviewCell[],
  ownId: string | undefined,
): Promise<Preview["overlaps"]> {
  const counts = countBy(cells, ({ entry_id }) => entry_id);
  counts.delete(ownId ?? "");
  if (counts.size === 0) return [];
  const entries = await run(
    client,
    sql`select id, number, title, state from allow_entry where id = any(${[...counts.keys()]}::uuid[])`,
    z.object({ id: z.guid(), number: z.int(), title: z.string(), state: z.enum(ENTRY_STATES) }),
  );
  return entries
    .map(({ id, ...entry }) => ({ ...entry, detections: counts.get(id) ?? 0 }))
    .sort((a, b) => b.detections - a.detections);
}

async function named(
  client: Transaction,
  table: "actor" | "image",
  cells: PreviewGroup[],
): Promise<PreviewGroup[]> {
  const ids = cells.flatMap(({ value }) => value || []);
  const from = table === "actor" ? sql`actor` : sql`image`;
  const rows = await run(
    client,
    sql`select id, name from ${from} where id = any(${ids}::uuid[])`,
    z.object({ id: z.guid(), name: z.string() }),
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return cells.map((group) => ({ ...group, name: names.get(group.value) ?? group.name }));
}
