import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { type Condition, matches } from "#lib/allowlist/condition.ts";
import type { PreviewDraft } from "#lib/allowlist/preview.ts";
import { listEntries } from "#lib/allowlist/queries/entries.ts";
import { getHits, listDailyHits } from "#lib/allowlist/queries/entry.ts";
import { offerFromAlert } from "#lib/allowlist/queries/offer.ts";
import { countMatches, previewEntry } from "#lib/allowlist/queries/preview.ts";
import { listSuggestions } from "#lib/allowlist/queries/suggestions.ts";
import { db, pool } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { applyAll, create, is, move, saving, somebody } from "./testing/allowlist.ts";
import { importFile } from "./testing/deliver.ts";
import { trickyRecords } from "./testing/records.ts";
import { signalRecords } from "./testing/signal-records.ts";
import { loadCandidates, type StoredCandidate } from "./writer/candidate.ts";

const NOW = new Date("2026-05-23T12:00:00Z");
const DAY_MS = 86_400_000;

let database: TestDatabase;
let admin: Person;
let stored: StoredCandidate[];
const entries: string[] = [];

const ci = is("actor", "111122223333/role/ci");
const pushes = is("operation", "PutImage");

/** Three weeks of records under entries that overlap, observe, were revoked, and are broken through. */
beforeAll(async () => {
  database = await openTestDatabase();
  admin = await somebody("admin");
  const records = [...signalRecords(), ...trickyRecords()];
  await importFile(records.map((record) => JSON.stringify(record)).join("\n"));
  const made = new Date("2026-05-01T00:00:00Z");
  const save = (minute: number, change: Parameters<typeof saving>[1]) =>
    create(admin, saving(admin, change), new Date(made.getTime() + minute * 60_000));
  entries.push(await save(1, { conditions: [ci, pushes] }));
  entries.push(
    await save(2, { conditions: [ci, pushes, is("tag", "stable")], signals: ["stable-tag-moved"] }),
  );
  entries.push(await save(3, { conditions: [pushes, is("account", "111122223333")], mode: "observing" }));
  entries.push(await save(4, { conditions: [is("actor", "111122223333/role/release"), pushes] }));
  await move(admin, entries[3] ?? "", "revoke", NOW);
  await applyAll();
  const keys = await db().detection.findMany({ select: { occurredAt: true, eventId: true, ruleId: true } });
  const client = await pool().connect();
  stored = await loadCandidates(client, keys);
  client.release();
});
afterAll(async () => {
  await stopSender();
  await database.drop();
});

function tally(texts: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) if (text !== null) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

const alertsOf = (found: readonly StoredCandidate[]) => new Set(found.map(({ alertId }) => alertId)).size;
const counts = (found: readonly StoredCandidate[]) => ({ detections: found.length, alerts: alertsOf(found) });

test.for<[name: string, conditions: Condition[], signals: PreviewDraft["signals"]]>([
  ["an actor's pushes", [ci, pushes], []],
  ["the same, swallowing a signal", [ci, pushes], ["new-network"]],
  ["whatever was pushed to one tag", [is("tag", "stable")], []],
  ["everything of AWS", [is("platform", "aws")], []],
  ["an address", [{ field: "address", op: "cidr", values: ["10.0.0.0/8"], not: false }], []],
  ["nothing", [is("actor", "nobody")], []],
])("a preview of %s counts what a look at each detection counts", async ([, conditions, signals]) => {
  const draft = {
    conditions,
    signals,
    startsAt: new Date("2026-05-04T00:00:00Z"),
    expiresAt: new Date("2026-05-20T00:00:00Z"),
  };
  const matched = stored.filter(({ facts }) => matches(conditions, facts));
  const inside = matched.filter(
    ({ occurredAt }) => occurredAt >= draft.startsAt && occurredAt < draft.expiresAt,
  );
  const unnamed = ({ signals: own }: StoredCandidate) => own.filter((signal) => !signals.includes(signal));
  const through = inside.filter((one) => unnamed(one).length > 0);
  const preview = await previewEntry(draft);

  expect(preview).toMatchObject({
    stored: stored.length,
    matched: counts(matched),
    suppressed: counts(inside.filter((one) => unnamed(one).length === 0)),
    brokeThrough: counts(through),
    outside: counts(matched.filter((one) => !inside.includes(one))),
  });
  expect(Object.fromEntries(preview.signals.map(({ signal, detections }) => [signal, detections]))).toEqual(
    tally(through.flatMap(unnamed)),
  );
  const days = preview.byDay.map(({ day, ...by }) => [day, by.suppressed + by.brokeThrough + by.outside]);
  expect(Object.fromEntries(days)).toEqual(
    tally(matched.map(({ occurredAt }) => occurredAt.toISOString().slice(0, 10))),
  );
  expect(
    Object.fromEntries(preview.byActor.map(({ value, detections }) => [value, detections])),
  ).toMatchObject(tally(matched.map(({ actorId }) => actorId)));
  const scores = await db().detection.findMany({ select: { eventId: true, ruleId: true, score: true } });
  const score = new Map(scores.map((row) => [`${row.eventId} ${row.ruleId}`, row.score]));
  expect(Object.fromEntries(preview.bySeverity.map(({ value, detections }) => [value, detections]))).toEqual(
    tally(matched.map(({ eventId, ruleId }) => severityOf(score.get(`${eventId} ${ruleId}`) ?? 0))),
  );
  const deciding = Object.values(tally(matched.map(({ entryId }) => entryId)));
  expect(preview.overlaps.map(({ detections }) => detections)).toEqual(deciding.sort((a, b) => b - a));
  expect(preview.samples).toHaveLength(Math.min(10, matched.length));
  expect(await countMatches(conditions)).toEqual(counts(matched));
});

test("the list of entries and an entry's own page count its hits alike", async () => {
  const rows = await listEntries("all", NOW);
  expect(rows.map(({ id }) => id).sort()).toEqual([...entries].sort());
  let total = 0;
  for (const row of rows) {
    const hits = await db().allowHit.findMany({ where: { entryId: row.id } });
    const of = (...kinds: string[]) => hits.filter(({ kind }) => kinds.includes(kind)).length;
    const actor = new Map(stored.map(({ eventId, actorId }) => [eventId, actorId]));
    const since = Date.UTC(2026, 3, 24);
    const daily = Array.from({ length: 30 }, () => 0);
    for (const { occurredAt } of hits) {
      const day = Math.floor((occurredAt.getTime() - since) / DAY_MS);
      if (day >= 0 && day < 30) daily[day] = (daily[day] ?? 0) + 1;
    }
    expect(row).toMatchObject({
      decisive: of("suppressed"),
      matched: of("suppressed", "matched"),
      brokeThrough: of("broke-through"),
      observed: of("observed"),
      actors: new Set(hits.map(({ eventId }) => actor.get(eventId)).filter(Boolean)).size,
      lastHitAt:
        hits.map(({ occurredAt }) => occurredAt).sort((a, b) => b.getTime() - a.getTime())[0] ?? null,
      daily,
    });
    expect(await getHits(row.id)).toMatchObject({
      suppressed: row.decisive,
      matched: row.matched,
      brokeThrough: row.brokeThrough,
      observed: row.observed,
      revoked: of("revoked"),
    });
    expect(await listDailyHits(row.id, NOW)).toEqual(daily);
    total += hits.length;
  }
  expect(total).toBeGreaterThan(20);
});

test("suggestions are the fewest actors that make most of what is open", async () => {
  const open = stored.filter(({ entryId }) => entryId === null);
  const { rows, ...told } = await listSuggestions();
  const byActor = tally(open.map(({ actorId }) => actorId));
  expect(told).toEqual({ open: open.length, covered: rows.reduce((sum, row) => sum + row.detections, 0) });
  expect(rows.length).toBeGreaterThan(1);
  for (const { actor, detections, share, hours, imageCount, operations } of rows) {
    const own = open.filter(({ actorId }) => actorId === actor.id);
    expect({ detections, share }).toEqual({ detections: own.length, share: own.length / open.length });
    expect(hours).toEqual(
      Array.from(
        { length: 24 },
        (_, hour) => own.filter(({ occurredAt }) => occurredAt.getUTCHours() === hour).length,
      ),
    );
    expect(imageCount).toBe(new Set(own.map(({ imageId }) => imageId).filter(Boolean)).size);
    expect([...operations].sort()).toEqual([...new Set(own.map(({ facts }) => facts.operation))].sort());
  }
  const left = Object.entries(byActor).filter(([id]) => !rows.some(({ actor }) => actor.id === id));
  expect(Math.max(0, ...left.map(([, detections]) => detections))).toBeLessThanOrEqual(
    rows.at(-1)?.detections ?? 0,
  );
});

test("a draft from an alert offers each value with how many of its detections have it", async () => {
  const { id, number } = await db().alert.findFirstOrThrow({ orderBy: { detectionCount: "desc" } });
  const own = stored.filter(({ alertId }) => alertId === id);
  const { offers } = (await offerFromAlert(number)) ?? { offers: [] };
  for (const field of ["actor", "image", "operation", "account", "tag"] as const) {
    const offered = offers.find((one) => one.field === field)?.values ?? [];
    expect(Object.fromEntries(offered.map(({ value, detections }) => [value, detections]))).toEqual(
      tally(own.map(({ facts }) => facts[field])),
    );
  }
  expect(await offerFromAlert(999_999)).toBeNull();
});
