import type { AlertStatus, Verdict } from "./alert.ts";
import type { MoveName } from "./move.ts";

/** The last change of an alert, as it is told to somebody who had not seen it. */
export type LastChange = {
  kind: MoveName;
  /** Who made it; null when nobody is known. */
  by: string | null;
  byYourself: boolean;
  at: Date;
  verdict: Verdict | null;
  /** To whom it was assigned. */
  assignee: string | null;
};

/** Why a change was refused. */
export type MoveFailure =
  | { why: "not-allowed" | "no-such-alert" | "no-such-assignee" }
  | { why: "no-such-duplicate" | "duplicate-of-itself" | "duplicate-in-a-circle" }
  | { why: "not-from-here"; status: AlertStatus }
  | { why: "changed-meanwhile"; change: LastChange }
  /** So many came since the person looked; nobody judged them. */
  | { why: "more-detections"; count: number };
