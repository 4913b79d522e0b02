import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { bucketsOf, coarsen, type Span } from "../buckets.ts";
import type { Change } from "../mix.ts";
import type { Period } from "../period.ts";
import { timesParameter } from "./counted-alerts.ts";

/** How many actors and images were seen for the first time in each week of a period, whatever alerts are asked for. */
export type FirstSeen = {
  weeks: Span[];
  actors: number[];
  images: number[];
  all: { actors: Change; images: Change };
};

export async function countFirstSeen(period: Period): Promise<FirstSeen> {
  const { before, firstDay, lastDay, days, zone } = period;
  const weeks = bucketsOf(firstDay, lastDay, coarsen("week", days), zone);
  const borders = timesParameter([before.from, before.to, ...weeks.map(({ from }) => from), period.to]);
  const [from, to] = [new Date(before.from), new Date(period.to)];
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      select 'actors' as kind, width_bucket(first_seen, ${borders}) - 3 as bucket, count(*)::int as count
      from actor where first_seen >= ${from} and first_seen < ${to} group by 2
      union all
      select 'images', width_bucket(first_seen, ${borders}) - 3, count(*)::int
      from image where first_seen >= ${from} and first_seen < ${to} group by 2`,
  );
  const of = (kind: Row["kind"], bucket: number) =>
    rows.find((row) => row.kind === kind && row.bucket === bucket)?.count ?? 0;
  const byWeek = (kind: Row["kind"]) => weeks.map((_, at) => of(kind, at));
  const change = (kind: Row["kind"]): Change => ({
    now: byWeek(kind).reduce((sum, count) => sum + count, 0),
    before: of(kind, -2),
  });
  return {
    weeks,
    actors: byWeek("actors"),
    images: byWeek("images"),
    all: { actors: change("actors"), images: change("images") },
  };
}

const rowsSchema = z.array(z.object({ kind: z.enum(["actors", "images"]), bucket: z.int(), count: z.int() }));
type Row = z.infer<typeof rowsSchema>[number];
