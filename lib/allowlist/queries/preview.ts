import { z } from "zod";
import { inSharedSnapshot, pool, type Transaction } from "#lib/db/client.ts";
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
  signals,
  sum,
} from "../preview.ts";
import { resolvedSql } from "./condition-sql.ts";
import { listTruePositives } from "./findings.ts";

const { sql, join } = Prisma;

const SAMPLES = 10;

/** `ownId`: the entry that is being changed; it does not overlap with itself. */
export async function previewEntry(draft: PreviewDraft, ownId?: string): Promise<Preview> {
  return await inSharedSnapshot((first, second) => preview(first, second, draft, ownId));
}

async function preview(
  client: Transaction,
  beside: Transaction,
  draft: PreviewDraft,
  ownId: string | undefined,
): Promise<Preview> {
  const where = await resolvedSql(client, draft.conditions);
  const [cells, [alerts, samples, stored, truePositives]] = await Promise.all([
    listCells(client, draft, where),
    (async () =>
      [
        await countAlerts(beside, draft, where),
        await listSamples(beside, draft, where),
        await countStored(beside),
        await listTruePositives(beside, draft.conditions),
      ] as const)(),
  ]);
  const counts = (fate: Fate): Counts => ({
    detections: sum(cells.signals.filter((cell) => cell.fate === fate)),
    alerts: alerts[fate],
  });
  return {
    stored,
    matched: { detections: sum(cells.signals), alerts: alerts.all },
    suppressed: counts("suppressed"),
    brokeThrough: counts("broke-through"),
    outside: counts("outside"),
    signals: signals(cells.signals, draft.signals),
    byDay: days(cells.day),
    byRule: largest(cells.rule_id, "rule_id", (id) => findRule(id)?.title ?? id),
    bySeverity: severities(cells.level),
    byActor: await named(
      client,
      "actor",
      largest(cells.actor_id, "actor_id", (id) => id),
    ),
    byImage: await named(
      client,
      "image",
      largest(cells.image_id, "image_id", (id) => id),
    ),
    samples,
    truePositives,
    overlaps: await listOverlaps(client, cells.entry_id, ownId),
  };
}

/** How much conditions match, whatever its time. */
export async function countMatches(conditions: readonly Condition[]): Promise<Counts> {
  const where = await resolvedSql(pool(), conditions);
  const [row] = await run(
    pool(),
    sql`select coalesce(sum(detections), 0)::int as detections, count(*)::int as alerts
        from (
          select count(*) as detections from detection where ${where} group by alert_id
        ) alerts`,
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

/** Every detection belongs to one alert, which counts it. */
async function countStored(client: Transaction): Promise<number> {
  const [row] = await run(
    client,
    sql`select coalesce(sum(detection_count), 0)::int as count from alert`,
    z.object({ count: z.int() }),
  );
  return row?.count ?? 0;
}

/** As `decide` says of an entry that stands alone: the place in FATES. */
function fate({ signals: named, startsAt, expiresAt }: PreviewDraft): Prisma.Sql {
  return sql`case when occurred_at < ${startsAt} or occurred_at >= ${expiresAt} then 2
    when cardinality(signals) = 0 or signals <@ ${named}::text[] then 0 else 1 end`;
}

const fateSchema = z.int().transform((place): Fate => FATES[place] ?? "outside");

const rowSchema = z.object({
  day: z.string().nullable(),
  rule_id: z.string().nullable(),
  level: z.int().nullable(),
  actor_id: z.guid().nullable(),
  image_id: z.guid().nullable(),
  entry_id: z.guid().nullable(),
  signals: z.array(z.enum(SIGNALS)).nullable(),
  fate: fateSchema.nullable(),
  by: z.int(),
  detections: z.int(),
});

/** What matches, counted by each of these; `signals` together with the fate. */
const DIMENSIONS = ["day", "rule_id", "level", "actor_id", "image_id", "entry_id", "signals"] as const;
type Dimension = (typeof DIMENSIONS)[number];
type Cells = Record<Dimension, PreviewCell[]>;

/** One pass over what matches, however much that is: the hash tables are small, and sorting a million rows is not. */
async function listCells(client: Transaction, draft: PreviewDraft, where: Prisma.Sql): Promise<Cells> {
  await client.query("set local enable_sort = off; set local work_mem = '256MB'");
  const levels = join(
    SEVERITIES.slice(1).map((level) => sql`(score >= ${SEVERITY_FLOORS[level]})::int`),
    " + ",
  );
  const rows = await run(
    client,
    sql`select day::text, rule_id, level, actor_id, image_id, entry_id, signals, fate,
          grouping(day, rule_id, level, actor_id, image_id, entry_id, signals) as by, count(*)::int as detections
        from (
          select (occurred_at at time zone 'UTC')::date as day, rule_id, ${levels} as level, actor_id,
            image_id, entry_id, signals, ${fate(draft)} as fate
          from detection where ${where}
        ) matched
        group by grouping sets ((day, fate), (rule_id), (level), (actor_id), (image_id), (entry_id), (signals, fate))`,
    rowSchema,
  );
  return Object.fromEntries(
    DIMENSIONS.map((dimension, place) => {
      // The bits of what is not grouped by are set; the first dimension's bit is the highest.
      const mask = (2 ** DIMENSIONS.length - 1) ^ (1 << (DIMENSIONS.length - 1 - place));
      return [dimension, rows.filter(({ by }) => by === mask)];
    }),
  ) as unknown as Cells;
}

async function countAlerts(
  client: Transaction,
  draft: PreviewDraft,
  where: Prisma.Sql,
): Promise<Record<Fate | "all", number>> {
  const [row] = await run(
    client,
    sql`select count(*)::int as "all", coalesce(sum(fates & 1), 0)::int as suppressed,
          coalesce(sum((fates >> 1) & 1), 0)::int as "broke-through", coalesce(sum(fates >> 2), 0)::int as outside
        from (
          select alert_id, bit_or(1 << (${fate(draft)})) as fates
          from detection where ${where}
          group by alert_id
        ) alerts`,
    z.object({ all: z.int(), suppressed: z.int(), "broke-through": z.int(), outside: z.int() }),
  );
  return row ?? { all: 0, suppressed: 0, "broke-through": 0, outside: 0 };
}

async function listSamples(
  client: Transaction,
  draft: PreviewDraft,
  where: Prisma.Sql,
): Promise<PreviewSample[]> {
  const rows = await run(
    client,
    sql`select detection.occurred_at, alert.number, detection.score, detection.operation, actor.name as actor,
          image.name as image, detection.tag, detection.source_ip, detection.signals, detection.fate
        from (
          select detection.*, ${fate(draft)} as fate from detection where ${where}
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
      fate: fateSchema,
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
