import { queueOf } from "#lib/detection/queue.ts";
import { ALERT_STATUSES, VERDICTS } from "#lib/triage/alert.ts";

const DAY_MS = 86_400_000;
const RULES = ["ecr-push", "acr-push", "aws-machine-image", "azure-managed-image"];
const STATUSES = [...ALERT_STATUSES, "closed", "closed", "new"] as const;

export const idOf = (kind: string, at: number) =>
  `${kind}0000000-0000-4000-8000-${String(at).padStart(12, "0")}`;

/** Numbers that look as if by chance, and are the same every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

export type StoredAlert = ReturnType<typeof alertAt>;

/** Alerts over so many days before a time, most of them lately; a few exactly at midnight, or a millisecond before it. */
export function alertsBefore(now: Date, count: number, days: number): StoredAlert[] {
  const roll = dice(7);
  return Array.from({ length: count }, (_, at) => alertAt(at, now, days, roll));
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one throw of the dice after the other
function alertAt(at: number, now: Date, days: number, roll: (sides: number) => number) {
  const day = Math.floor((roll(days) * (roll(3) + 1)) / 3);
  const age = at % 17 === 0 ? day * DAY_MS + roll(2) : day * DAY_MS + roll(DAY_MS);
  const midnight = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const lastAt = new Date(midnight - age);
  const status = STATUSES[roll(STATUSES.length)] ?? "new";
  const isClosed = status === "closed";
  const suppressed = roll(5) === 0;
  const live = roll(9) > 0;
  const newActivity = isClosed && roll(12) === 0;
  const createdAt = new Date(lastAt.getTime() + roll(3_600_000));
  const visibleAt = roll(8) === 0 || (suppressed && status === "new") ? null : createdAt;
  const acknowledgedAt =
    status === "new"
      ? null
      : new Date(createdAt.getTime() + roll(3 * DAY_MS) - (roll(20) === 0 ? 60_000 : 0));
  const verdict = isClosed ? (VERDICTS[roll(VERDICTS.length)] ?? null) : null;
  const rules = [RULES[roll(RULES.length)] ?? "", ...(roll(6) === 0 ? ["a rule of the past"] : [])];
  return {
    id: idOf("a", at),
    number: at + 1,
    family: "container-push",
    platform: roll(3) === 0 ? "azure" : "aws",
    account: "",
    accounts: roll(10) === 0 ? [] : [`account ${roll(9)}`, ...(roll(4) === 0 ? ["account shared"] : [])],
    subject: `repo-${roll(20)}`,
    windowStart: lastAt,
    windowEnd: lastAt,
    firstAt: new Date(lastAt.getTime() - roll(DAY_MS)),
    lastAt,
    detectionCount: roll(4) + 1,
    operationCount: 1,
    score: roll(101),
    currentScore: 0,
    outcome: "success",
    actorId: null,
    imageId: roll(7) === 0 ? null : idOf("c", roll(20)),
    region: null,
    actorIds: [idOf("b", roll(6)), ...(roll(3) === 0 ? [idOf("b", 6 + roll(30))] : [])],
    operations: ["PutImage"],
    rules,
    regions: [],
    sourceIps: [`198.51.100.${roll(40)}`],
    addressClasses: ["external"],
    entryIds: suppressed ? [idOf("f", roll(4)), ...(roll(3) === 0 ? [idOf("f", 4)] : [])] : [],
    search: `repo-${at % 10}`,
    live,
    status,
    newActivity,
    verdict,
    reasonClass: verdict === "benign_true_positive" && roll(2) === 0 ? "authorised_test" : null,
    suppressedCount: suppressed ? 1 : 0,
    createdAt,
    visibleAt,
    acknowledgedAt,
    closedAt: isClosed ? new Date(createdAt.getTime() + roll(9 * DAY_MS)) : null,
    queue: queueOf({ status, newActivity, suppressed, live }),
  };
}
