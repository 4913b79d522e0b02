import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Person } from "#lib/access/person.ts";
import { offerFromActor } from "#lib/allowlist/queries/offer.ts";
import { db } from "#lib/db/client.ts";
import { type Severity, severityOf } from "#lib/detection/severity.ts";
import { emulate } from "#lib/emulation/scenario.ts";
import { SCENARIOS } from "#lib/emulation/scenarios.ts";
import { applyAll, create, saving, somebody } from "./testing/allowlist.ts";
import { importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";
import { dumpStore, emptyStore, miscounts } from "./testing/store.ts";

ownStore();
let admin: Person;
beforeAll(async () => {
  admin = await somebody("admin");
});

const END = new Date("2026-03-04T12:00:00Z");

function linesOf(name: string, { end = END, seed = 7 } = {}): string[] {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (!scenario) throw new Error(`There is no scenario ${name}.`);
  const logs = emulate(scenario, { end, seed });
  return logs.flatMap(({ records }) => records.map((record) => JSON.stringify(record)));
}

async function arrive(lines: readonly string[]): Promise<void> {
  await importFile(lines.join("\n"), { takenAs: "live", now: END });
}

type Told = { family: string; severity: number; actors: string[]; image: string | null; rules: string[] };

async function alerts(queue: "open" | "suppressed"): Promise<Told[]> {
  const found = await db().alert.findMany({ where: { queue }, orderBy: [{ lastAt: "asc" }, { id: "asc" }] });
  const names = new Map((await db().actor.findMany()).map(({ id, name }) => [id, name]));
  const images = new Map((await db().image.findMany()).map(({ id, key }) => [id, key]));
  return found.map((alert) => ({
    family: alert.family,
    severity: alert.score,
    actors: alert.actorIds.map((id) => names.get(id) ?? "nobody"),
    image: alert.imageId ? (images.get(alert.imageId) ?? null) : null,
    rules: alert.rules,
  }));
}

describe("an implant", () => {
  test.each(SCENARIOS.filter(({ kind }) => kind === "attack").map(({ name }) => name))(
    "%s is the same shuffled, doubled and in two deliveries",
    async (name) => {
      const lines = linesOf(name);
      await arrive(lines);
      const whole = await dumpStore();
      expect(whole.alert?.length).toBeGreaterThan(0);
      await emptyStore();
      const shuffled = [...lines, ...lines].map((line, at) => ({ line, key: (at * 7919) % 104_729 }));
      shuffled.sort((a, b) => a.key - b.key);
      const half = Math.floor(shuffled.length / 2);
      await arrive(shuffled.slice(half).map(({ line }) => line));
      await arrive(shuffled.slice(0, half).map(({ line }) => line));
      expect(await dumpStore()).toEqual(whole);
      expect(await miscounts()).toEqual({});
    },
  );

  test("of CCAT is one story, whichever source tells of it", async () => {
    await arrive(linesOf("ccat-chain"));
    const [last] = (await alerts("open")).slice(-1);
    expect(last).toMatchObject({
      actors: ["svc-legacy"],
      rules: ["docker-image-built", "docker-image-pushed", "docker-image-tagged", "ecr-push"],
    });
  });
});

describe("how bad the worst alert is", () => {
  test.each<[name: string, severity: Severity]>([
    ["ami-from-instance", "medium"],
    ["docker-image-modified", "critical"],
    ["ecr-push-changed-tag", "critical"],
    ["acr-import", "medium"],
    ["ccat-chain", "critical"],
    ["ci-golden-image", "low"],
    ["ci-golden-image-abused", "medium"],
    ["disaster-recovery", "low"],
    ["disaster-recovery-abused", "high"],
    ["terraform-run", "low"],
    ["terraform-run-abused", "medium"],
    ["registry-mirroring", "low"],
    ["registry-mirroring-abused", "medium"],
    ["forensic-image", "low"],
    ["forensic-image-abused", "critical"],
  ])("of %s: %s", async (name, severity) => {
    await arrive(linesOf(name));
    const worst = await db().alert.findFirstOrThrow({ orderBy: { score: "desc" } });
    expect(severityOf(worst.score)).toBe(severity);
  });
});

/** The draft that the allowlist offers of the actor who was busiest, enforced. */
async function allowBusiest(): Promise<void> {
  const [busiest] = await db().actorTally.findMany({ orderBy: { detections: "desc" }, take: 1 });
  const offer = busiest && (await offerFromActor(busiest.actorId));
  if (!offer) throw new Error("Nobody did anything.");
  const conditions = offer.offers
    .filter(({ chosen }) => chosen.length > 0)
    .map(({ field, op, chosen }) => ({ field, op, values: chosen, not: false }));
  const { title, reasonClass } = offer;
  await create(admin, saving(admin, { title, reasonClass, conditions }), END);
  await applyAll();
}

/** What is logged after the end. */
function tomorrow(lines: readonly string[]): string[] {
  const since = END.toISOString();
  return lines.filter(
    (line) => z.object({ eventTime: z.string() }).parse(JSON.parse(line)).eventTime > since,
  );
}

describe("work that looks like an implant", () => {
  const signals = {
    "ci-golden-image": ["new-network"],
    "disaster-recovery": ["shared-with-foreign-account"],
    "terraform-run": ["attack-tool"],
    "registry-mirroring": ["stable-tag-moved"],
    "forensic-image": ["guard-lowered", "shared-with-everyone"],
  };
  test.each(Object.entries(signals))(
    "%s leaves the queue quiet, and its abuse breaks through",
    async (name, expected) => {
      await arrive(linesOf(name));
      expect((await alerts("open")).length).toBeGreaterThan(0);
      await allowBusiest();
      expect(await alerts("open")).toEqual([]);
      await arrive(tomorrow(linesOf(name, { end: new Date(END.getTime() + 86_400_000), seed: 8 })));
      expect(await alerts("open")).toEqual([]);
      await arrive(linesOf(`${name}-abused`));
      const open = await alerts("open");
      expect(open.length).toBeGreaterThan(0);
      const broken = await db().detection.findMany({
        where: { entryId: null },
        select: { signals: true },
      });
      expect([...new Set(broken.flatMap(({ signals }) => signals))].sort()).toEqual(expected);
    },
  );
});
