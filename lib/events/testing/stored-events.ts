import { db } from "#lib/db/client.ts";

const NEWEST = new Date("2026-03-09T23:00:00Z").getTime();
const HOUR_MS = 3_600_000;
const uuid = (kind: string, at: number) => `${kind}0000000-0000-4000-8000-${String(at).padStart(12, "0")}`;

/** The same numbers in each run, spread like dice: no field follows from another. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const roll = dice(42);
function pick<const Values extends readonly unknown[]>(values: Values): Values[number] {
  return values[roll(values.length)] as Values[number];
}

const ALERT = uuid("f", 1);
const ENTRY = uuid("e", 1);

/** 400 events of ten days, many at one instant, some of which are detections. */
export const STORED = Array.from({ length: 400 }, (_, at) => {
  const isBusy = roll(4) === 0;
  const actor = roll(6);
  const outcome = pick(["success", "success", "failure", "unknown"]);
  const operation = pick([
    "PutImage",
    "PutImage",
    "CopyImage",
    "100%_done",
    `${"long".repeat(60)}A`,
    `${"long".repeat(60)}B`,
  ]);
  const rules = roll(3) === 0 ? (roll(2) === 0 ? ["ecr-push", "other"] : ["ecr-push"]) : [];
  const images = Array.from({ length: roll(3) }, (_, place) => ({
    imageId: uuid("c", roll(5)),
    role: (["made", "source"] as const)[place] as string,
    tag: roll(2) === 0 ? "1.4" : null,
  }));
  const occurredAt = new Date(NEWEST - (isBusy ? 20 : roll(240)) * HOUR_MS);
  return {
    // Ids that do not follow the order of insertion.
    id: uuid("a", (at * 7919) % 400),
    occurredAt,
    platform: pick(["aws", "azure"]),
    logSource: pick(["cloudtrail", "azure-activity"]),
    service: pick(["ecr.amazonaws.com", "ec2.amazonaws.com", null]),
    operation,
    outcome,
    errorCode: outcome === "failure" ? "AccessDenied" : null,
    actorId: actor === 5 ? null : uuid("b", actor),
    principal: `arn:aws:iam::1:role/${actor === 0 ? "ci" : actor}`,
    session: pick(["run-1", "run-2", " blanks ", null]),
    accessKey: pick(["AKIA1", "AKIA2", null]),
    account: pick(["111122223333", "111122224444", null]),
    region: pick(["eu-west-1", "us-east-1", null]),
    sourceIp: pick(["198.51.100.7", "2001:db8::1", "AWS Internal", null]),
    isExternal: true,
    addressClass: pick(["external", "private", "cloud_service"]),
    network: pick(["AS64500", "198.51.100.0/24", null]),
    userAgent: pick(["docker/25", "aws-cli/2", null]),
    blockId: 1n,
    blockPosition: at,
    normalizer: 1,
    images: images.filter(
      ({ imageId }, place) => images.findIndex((one) => one.imageId === imageId) === place,
    ),
    detections: rules.map((ruleId) => ({
      ruleId,
      score: ruleId === "other" ? 85 : 65,
      entryId: ruleId === "other" || roll(2) === 0 ? ENTRY : null,
    })),
  };
});
export type Stored = (typeof STORED)[number];

/** Puts them into an empty store, with what they name. */
export async function storeEvents(): Promise<void> {
  const seen = { platform: "aws", firstSeen: new Date(NEWEST), lastSeen: new Date(NEWEST) };
  await db().actor.createMany({
    data: [0, 1, 2, 3, 4].map((at) => ({
      ...seen,
      id: uuid("b", at),
      kind: "workload",
      key: `${at}`,
      name: "role/ci-💥\u202e",
    })),
  });
  await db().image.createMany({
    data: [0, 1, 2, 3, 4].map((at) => ({
      ...seen,
      id: uuid("c", at),
      kind: "repository",
      key: `registry/repo-${at}`,
      name: `repo-${at}`,
    })),
  });
  await db().network.create({ data: { key: "AS64500", name: "Example Net" } });
  await storeAlert();
  await db().event.createMany({ data: STORED.map(({ images: _, detections: __, ...event }) => event) });
  await db().eventImage.createMany({
    data: STORED.flatMap(({ id: eventId, occurredAt, images }) =>
      images.map((image) => ({ ...image, eventId, occurredAt })),
    ),
  });
  await db().detection.createMany({ data: STORED.flatMap(detectionsOf) });
}

function detectionsOf(event: Stored) {
  const { id: eventId, occurredAt, platform, operation, outcome, addressClass, detections } = event;
  const shared = { eventId, occurredAt, platform, operation, outcome, addressClass, alertId: ALERT };
  return detections.map((detection) => ({
    ...shared,
    ...detection,
    addends: [],
    live: true,
    detectedAt: occurredAt,
  }));
}

async function storeAlert(): Promise<void> {
  const at = new Date(NEWEST);
  const owner = { id: uuid("d", 1), name: "owner", email: "o@example.com", role: "admin" };
  await db().person.create({ data: { ...owner, createdAt: at, updatedAt: at } });
  await db().allowEntry.create({
    data: {
      id: ENTRY,
      number: 12,
      state: "enforcing",
      title: "entry",
      conditions: [],
      signals: [],
      ownerId: owner.id,
      reasonClass: "ci_cd",
      reason: "",
      startsAt: at,
      expiresAt: at,
      createdAt: at,
      updatedAt: at,
    },
  });
  await db().alert.create({
    data: {
      id: ALERT,
      number: 7,
      family: "container-push",
      platform: "aws",
      account: "",
      subject: "registry/repo",
      windowStart: at,
      windowEnd: at,
      firstAt: at,
      lastAt: at,
      detectionCount: 1,
      operationCount: 1,
      score: 65,
      currentScore: 65,
      outcome: "success",
      search: "",
      live: true,
      status: "closed",
      verdict: "true_positive",
    },
  });
}
