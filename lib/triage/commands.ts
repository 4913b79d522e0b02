import { z } from "zod";
import type { Person } from "#lib/access/person.ts";
import { holdAlerts, keepNumbers } from "#lib/aggregates/commands/keep-numbers.ts";
import type { Run } from "#lib/aggregates/commands/run.ts";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { queueOf } from "#lib/detection/queue.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { ALERT_STATUSES, isSuppressed, VERDICT_REASONS, VERDICTS } from "./alert.ts";
import { applyMove, type TriageState } from "./apply-move.ts";
import { type ClosedAs, closedAsSchema } from "./closed-as.ts";
import { canMove, MOVE_NAMES, MOVES, mayMove } from "./move.ts";
import type { LastChange, MoveFailure } from "./move-failure.ts";
import type { MoveInput, SeenAlert } from "./move-input.ts";

type Tx = Prisma.TransactionClient;

/** As long as a statement may take: a change waits while the pipeline brings the alert up to date. */
const TRANSACTION_MS = 30_000;

type Change = { person: Person; seen: SeenAlert; input: MoveInput; now: Date };

/** Changes an alert if it is still as the person saw it, and adds the change to its history. */
export async function moveAlert(
  person: Person,
  seen: SeenAlert,
  input: MoveInput,
  now: Date,
): Promise<Outcome<undefined, MoveFailure>> {
  if (!mayMove(input.move, person.role)) return failure({ why: "not-allowed" });
  const change = { person, seen, input, now };
  return await db().$transaction(
    async (tx) => {
      if (input.move === "close" && input.verdict === "duplicate") await lockDuplicates(tx);
      const alert = await lockAlert(tx, seen.id);
      if (!alert) return failure({ why: "no-such-alert" });
      const refusal = await findRefusal(tx, alert, change);
      if (refusal) return failure(refusal);
      const run: Run = (text, values) => tx.$queryRawUnsafe(text, ...values);
      const before = await holdAlerts(run, [alert.id]);
      await storeMove(tx, alert, change);
      await keepNumbers(run, before);
      return success();
    },
    { timeout: TRANSACTION_MS, maxWait: TRANSACTION_MS },
  );
}

export type SkippedAlert = { id: string; number: number | null; failure: MoveFailure };
export type MovedAlerts = { moved: number; skipped: SkippedAlert[] };

/** Changes several alerts, each by itself: those that cannot be changed are skipped and listed. */
export async function moveAlerts(
  person: Person,
  seen: readonly SeenAlert[],
  input: MoveInput,
  now: Date,
): Promise<MovedAlerts> {
  const skipped: SkippedAlert[] = [];
  for (const one of seen) {
    const outcome = await moveAlert(person, one, input, now);
    if (!outcome.ok) skipped.push({ id: one.id, number: null, failure: outcome.reason });
  }
  const named = await db().alert.findMany({
    where: { id: { in: skipped.map(({ id }) => id) } },
    select: { id: true, number: true },
  });
  const numbers = new Map(named.map(({ id, number }) => [id, number]));
  return {
    moved: seen.length - skipped.length,
    skipped: skipped.map((one) => ({ ...one, number: numbers.get(one.id) ?? null })),
  };
}

type LockedAlert = z.infer<typeof lockedAlertSchema>;

/** The alert as it is, held until the change is made: neither another person nor the pipeline gets between. */
async function lockAlert(tx: Tx, id: string): Promise<LockedAlert | null> {
  const [row] = await tx.$queryRaw<unknown[]>`
    select id, number, revision, status, verdict, reason_class as "reasonClass", case_link as "caseLink",
      duplicate_of as "duplicateOf", assignee_id as "assigneeId", closed_as as "closedAs", closed_at as "closedAt",
      new_activity as "newActivity", frozen_score as "frozenScore", score, current_score as "currentScore",
      detection_count as "detectionCount", suppressed_count as "suppressedCount", rules, actor_ids as "actorIds",
      networks, live, acknowledged_at as "acknowledgedAt"
    from alert where id = ${id}::uuid for update`;
  return row ? lockedAlertSchema.parse(row) : null;
}

const stateSchema = z.object({
  status: z.enum(ALERT_STATUSES),
  verdict: z.enum(VERDICTS).nullable(),
  reasonClass: z.enum(VERDICT_REASONS).nullable(),
  caseLink: z.string().nullable(),
  duplicateOf: z.int().nullable(),
  assigneeId: z.guid().nullable(),
  closedAs: closedAsSchema.nullable(),
  closedAt: z.date().nullable(),
  newActivity: z.boolean(),
}) satisfies z.ZodType<TriageState>;

const lockedAlertSchema = stateSchema.extend({
  id: z.guid(),
  number: z.int(),
  revision: z.int(),
  frozenScore: z.int().nullable(),
  score: z.int(),
  currentScore: z.int(),
  detectionCount: z.int(),
  suppressedCount: z.int(),
  rules: z.array(z.string()),
  actorIds: z.array(z.guid()),
  networks: z.array(z.string()),
  live: z.boolean(),
  acknowledgedAt: z.date().nullable(),
});

async function findRefusal(
  tx: Tx,
  alert: LockedAlert,
  { person, seen, input }: Change,
): Promise<MoveFailure | null> {
  if (input.move === "comment") return null;
  if (alert.revision !== seen.revision) {
    return { why: "changed-meanwhile", change: await lastChange(tx, alert.id, person) };
  }
  if (!canMove(input.move, alert.status, person.role)) return { why: "not-from-here", status: alert.status };
  if (input.move === "assign" && input.assigneeId !== null)
    return await assigneeRefusal(tx, input.assigneeId);
  if (input.move !== "close") return null;
  if (alert.detectionCount !== seen.detectionCount) {
    return { why: "more-detections", count: alert.detectionCount - seen.detectionCount };
  }
  return input.duplicateOf === null ? null : await duplicateRefusal(tx, alert.number, input.duplicateOf);
}

async function assigneeRefusal(tx: Tx, id: string): Promise<MoveFailure | null> {
  const count = await tx.person.count({
    where: { id, disabledAt: null, role: { in: [...MOVES.assign.who] } },
  });
  return count === 1 ? null : { why: "no-such-assignee" };
}

/** Held while an alert is said to repeat another: of two that name each other one must see the other. */
const DUPLICATES_KEY = 1_525_030;

async function lockDuplicates(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${DUPLICATES_KEY})`;
}

async function duplicateRefusal(tx: Tx, own: number, other: number): Promise<MoveFailure | null> {
  if (other === own) return { why: "duplicate-of-itself" };
  const chain = await tx.$queryRaw<{ number: number }[]>`
    with recursive chain as (
      select number, duplicate_of from alert where number = ${other}
      union select alert.number, alert.duplicate_of from alert join chain on alert.number = chain.duplicate_of
    ) select number from chain`;
  if (chain.length === 0) return { why: "no-such-duplicate" };
  return chain.some(({ number }) => number === own) ? { why: "duplicate-in-a-circle" } : null;
}

const moveNameSchema = z.enum(MOVE_NAMES);

/** The last change of an alert. Comments change nothing. */
async function lastChange(tx: Tx, alertId: string, person: Person): Promise<LastChange> {
  const last = await tx.activity.findFirstOrThrow({
    where: { alertId, kind: { not: "comment" } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: {
      kind: true,
      at: true,
      personId: true,
      verdict: true,
      assigneeId: true,
      person: { select: { name: true } },
    },
  });
  const assignee = last.assigneeId && (await tx.person.findUnique({ where: { id: last.assigneeId } }));
  return {
    kind: moveNameSchema.parse(last.kind),
    by: last.person?.name ?? null,
    byYourself: last.personId === person.id,
    at: last.at,
    verdict: stateSchema.shape.verdict.parse(last.verdict),
    assignee: assignee ? assignee.name : null,
  };
}

async function storeMove(tx: Tx, alert: LockedAlert, { person, input, now }: Change): Promise<void> {
  const state = stateSchema.parse(
    applyMove(alert, input, { personId: person.id, now, holds: holdings(alert) }),
  );
  const { closedAs, ...columns } = state;
  await tx.alert.updateMany({
    where: { id: alert.id },
    data: {
      ...columns,
      closedAs: closedAs ?? Prisma.DbNull,
      revision: alert.revision + (input.move === "comment" ? 0 : 1),
      frozenScore: alert.frozenScore ?? alert.score,
      acknowledgedAt: alert.acknowledgedAt ?? (input.move === "comment" ? null : now),
      queue: queueOf({ ...state, live: alert.live, suppressed: isSuppressed(alert) }),
    },
  });
  await tx.activity.create({
    data: {
      alertId: alert.id,
      personId: person.id,
      at: now,
      kind: input.move,
      from: alert.status,
      to: state.status,
      score: alert.score,
      ...said(input, person),
    },
  });
}

/** What a later look compares with. The severity is the one that stood beside the frozen one. */
function holdings({ detectionCount, rules, actorIds, networks, currentScore }: LockedAlert): ClosedAs {
  return { detectionCount, rules, actorIds, networks, score: currentScore };
}

/** What the history keeps of a change. */
function said(
  input: MoveInput,
  person: Person,
): Omit<Prisma.ActivityUncheckedCreateInput, "alertId" | "kind"> {
  const { move: _move, ...rest } = input;
  return input.move === "take" ? { ...rest, assigneeId: person.id } : rest;
}
