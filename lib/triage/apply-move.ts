import type { AlertStatus, Verdict, VerdictReason } from "./alert.ts";
import type { ClosedAs } from "./closed-as.ts";
import { statusAfter } from "./move.ts";
import type { MoveInput } from "./move-input.ts";

/** What people decided about an alert. */
export type TriageState = {
  status: AlertStatus;
  verdict: Verdict | null;
  reasonClass: VerdictReason | null;
  caseLink: string | null;
  /** Number of the alert that this one repeats. */
  duplicateOf: number | null;
  assigneeId: string | null;
  closedAs: ClosedAs | null;
  closedAt: Date | null;
  newActivity: boolean;
};

type Circumstances = {
  personId: string;
  now: Date;
  /** What the alert holds at this moment. */
  holds: ClosedAs;
};

/** The state after a legal change. */
export function applyMove(state: TriageState, input: MoveInput, circumstances: Circumstances): TriageState {
  return {
    ...state,
    ...changes(input, circumstances),
    status: statusAfter(input.move, state.status),
  };
}

function changes(input: MoveInput, { personId, now, holds }: Circumstances): Partial<TriageState> {
  switch (input.move) {
    case "take":
      return { assigneeId: personId };
    case "assign":
      return { assigneeId: input.assigneeId };
    case "escalate":
      return { caseLink: input.caseLink };
    case "close":
      return {
        verdict: input.verdict,
        reasonClass: input.reasonClass,
        duplicateOf: input.duplicateOf,
        closedAs: holds,
        closedAt: now,
        newActivity: false,
      };
    case "reopen":
      return {
        verdict: null,
        reasonClass: null,
        duplicateOf: null,
        closedAs: null,
        closedAt: null,
        newActivity: false,
      };
    case "wait":
    case "resume":
    case "comment":
      return {};
  }
}
