import { randomUUID } from "node:crypto";
import { type Condition, matches } from "#lib/allowlist/condition.ts";
import { decider, type Interval } from "#lib/allowlist/decide.ts";
import { db, pool } from "#lib/db/client.ts";
import { importFile } from "#lib/ingest/testing/deliver.ts";
import { emptyStore } from "#lib/ingest/testing/store.ts";
import { type Bench, median, ratioFigure, timed } from "./figure.ts";
import { ACTORS, actorName, cloudTrailLines, generator, networkOfActor, repositoryName } from "./generate.ts";

const RECORDS = 20_000;
/** Far more than in a real log, where a few in a hundred are: the allowlist looks at detections only. */
const IN_SCOPE = 0.3;
const ENTRIES = 5000;
const ROUNDS = 5;

/** What matching against five thousand enforcing entries adds to an import. */
export const benchAllowlist: Bench = async (report) => {
  const entries = someEntries(ENTRIES);
  const without: number[] = [];
  const withEntries: number[] = [];
  await importRound(0, []);
  for (let round = 1; round <= ROUNDS; round++) {
    // In turns, so that both sides see the same machine.
    without.push(await importRound(round, []));
    withEntries.push(await importRound(round, entries));
  }
  const suppressed = await db().detection.count({ where: { entryId: { not: null } } });
  if (suppressed < (RECORDS * IN_SCOPE) / 4) throw new Error("The entries suppress hardly anything.");
  report(
    ratioFigure(`import of ${RECORDS} records with ${ENTRIES} enforcing entries`, "ms", {
      value: median(withEntries),
      reference: { name: "the same without entries", value: median(without) },
      bar: 1.1,
    }),
  );
  await reportDecisions(entries, report);
};

async function importRound(round: number, entries: readonly Interval[]): Promise<number> {
  await emptyStore();
  await storeEntries(entries);
  const lines = cloudTrailLines(RECORDS, IN_SCOPE, 7 + round);
  return await timed(() => importFile(lines));
}

/** Mostly an actor on an image, as people write them; some with patterns, networks or what is ruled out. */
function someEntries(count: number): Interval[] {
  const random = generator(99);
  return Array.from({ length: count }, (_, at): Interval => {
    const index = random(ACTORS);
    const one = (field: Condition["field"], op: Condition["op"], ...values: string[]): Condition => ({
      field,
      op,
      values,
      not: false,
    });
    const actor = one("actor", "is", `111122223333/role/${actorName(index)}`);
    const image = one("image", "is", ...[0, 1].map((dice) => imageKey(repositoryName(index, dice))));
    const team = one("image", "glob", `*/team-${index % 40}/*`);
    const inside = one("address", "cidr", `${networkOfActor(index)}.0/24`);
    const notLatest = { ...one("tag", "is", "latest"), not: true };
    const conditions = [
      at % 4 === 0 ? [actor, team] : [actor, image],
      at % 3 === 0 ? [inside] : [],
      at % 5 === 0 ? [notLatest] : [],
    ].flat();
    return {
      entryId: randomUUID(),
      createdAt: new Date(Date.UTC(2026, 0, 1) + at),
      mode: "enforcing",
      startsAt: new Date("2025-01-01T00:00:00Z"),
      endsAt: new Date("2027-01-01T00:00:00Z"),
      conditions,
      signals: [],
      void: false,
    };
  });
}

function imageKey(repository: string): string {
  return `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${repository}`;
}

async function storeEntries(entries: readonly Interval[]): Promise<void> {
  if (entries.length === 0) return;
  const owner = randomUUID();
  const email = `${owner}@example.com`;
  await db().person.create({ data: { id: owner, name: "Owner", email, role: "admin" } });
  await db().allowEntry.createMany({
    data: entries.map(({ entryId, createdAt, startsAt, endsAt, conditions }) => ({
      id: entryId,
      state: "enforcing",
      title: "an entry",
      conditions: [...conditions],
      signals: [],
      ownerId: owner,
      reasonClass: "ci-cd",
      reason: "a bench",
      startsAt,
      expiresAt: endsAt,
      createdAt,
      updatedAt: createdAt,
    })),
  });
  await db().allowInterval.createMany({
    data: entries.map(({ entryId, startsAt, endsAt, conditions }) => ({
      entryId,
      version: 1,
      mode: "enforcing",
      startsAt,
      endsAt,
      conditions: [...conditions],
      signals: [],
    })),
  });
  await pool().query("update allow_revision set value = value + 1");
}

/** Deciding alone, against trying every entry. */
async function reportDecisions(entries: readonly Interval[], report: Parameters<Bench>[0]): Promise<void> {
  const random = generator(5);
  const actors = Array.from({ length: 2000 }, () => random(ACTORS));
  const detections = actors.map((actor) => ({
    occurredAt: new Date(Date.UTC(2026, 1, 1)),
    signals: [],
    facts: {
      actor: `111122223333/role/${actorName(actor)}`,
      image: imageKey(repositoryName(actor, random(1000))),
      operation: "PutImage",
      rule: "ecr-push",
      platform: "aws",
      account: "111122223333",
      region: "eu-west-1",
      tag: "1.0",
      session: "run-1",
      accessKey: "ASIA",
      address: null,
      userAgent: "aws-cli",
      outcome: "success",
    },
  }));
  const decide = decider(entries);
  const indexed = await timed(async () => {
    for (const detection of detections) decide(detection);
  });
  const some = detections.slice(0, 20);
  const naive = await timed(async () => {
    for (const { facts } of some) for (const { conditions } of entries) matches(conditions, facts);
  });
  report({
    name: `deciding about a detection among ${ENTRIES} entries`,
    value: (indexed / detections.length) * 1000,
    unit: "µs",
    reference: { name: "trying them all", value: (naive / some.length) * 1000 },
    ratio: indexed / detections.length / (naive / some.length),
  });
}
