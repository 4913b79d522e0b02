import type { Role } from "#lib/access/person.ts";
import type { AlertStatus } from "./alert.ts";

const OPEN = ["new", "in_progress", "waiting", "escalated"] as const satisfies AlertStatus[];
const TRIAGE = ["analyst", "admin"] as const satisfies Role[];

type Move = {
  /** Where it may start. */
  from: readonly AlertStatus[];
  /** Where it leads; null: the status stays as it is. */
  to: AlertStatus | null;
  who: readonly Role[];
};

/** Which change of an alert is legal, and who may make it. Buttons, actions and tests read this table. */
export const MOVES = {
  take: { from: OPEN, to: "in_progress", who: TRIAGE },
  /** What is new becomes in progress with it: `statusAfter`. */
  assign: { from: OPEN, to: null, who: TRIAGE },
  wait: { from: ["new", "in_progress", "escalated"], to: "waiting", who: TRIAGE },
  escalate: { from: ["new", "in_progress", "waiting"], to: "escalated", who: TRIAGE },
  resume: { from: ["waiting", "escalated"], to: "in_progress", who: TRIAGE },
  /** Closed again, with another verdict or after new activity. */
  close: { from: [...OPEN, "closed"], to: "closed", who: TRIAGE },
  reopen: { from: ["closed"], to: "in_progress", who: TRIAGE },
  /** Changes nothing, so that it is never refused for what happened meanwhile. */
  comment: { from: [...OPEN, "closed"], to: null, who: TRIAGE },
} as const satisfies Record<string, Move>;
export type MoveName = keyof typeof MOVES;
export const MOVE_NAMES = Object.keys(MOVES) as MoveName[];

export function canMove(move: MoveName, status: AlertStatus, role: Role): boolean {
  const { from }: Move = MOVES[move];
  return from.includes(status) && mayMove(move, role);
}

/** Whether a role makes such changes at all. */
export function mayMove(move: MoveName, role: Role): boolean {
  const { who }: Move = MOVES[move];
  return who.includes(role);
}

/** The status that a legal change leads to. */
export function statusAfter(move: MoveName, status: AlertStatus): AlertStatus {
  const isTakenUp = move === "assign" && status === "new";
  return MOVES[move].to ?? (isTakenUp ? "in_progress" : status);
}
