import { describe, expect, test } from "vitest";
import type { Role } from "#lib/access/person.ts";
import { ALERT_STATUSES, type AlertStatus } from "./alert.ts";
import { canMove, MOVE_NAMES, type MoveName, statusAfter } from "./move.ts";

/** The same table written out: where each change leads from each status; null where it is not legal. */
const LEADS: Record<AlertStatus, Record<MoveName, AlertStatus | null>> = {
  new: {
    take: "in_progress",
    assign: "in_progress",
    wait: "waiting",
    escalate: "escalated",
    resume: null,
    close: "closed",
    reopen: null,
    comment: "new",
  },
  in_progress: {
    take: "in_progress",
    assign: "in_progress",
    wait: "waiting",
    escalate: "escalated",
    resume: null,
    close: "closed",
    reopen: null,
    comment: "in_progress",
  },
  waiting: {
    take: "in_progress",
    assign: "waiting",
    wait: null,
    escalate: "escalated",
    resume: "in_progress",
    close: "closed",
    reopen: null,
    comment: "waiting",
  },
  escalated: {
    take: "in_progress",
    assign: "escalated",
    wait: "waiting",
    escalate: null,
    resume: "in_progress",
    close: "closed",
    reopen: null,
    comment: "escalated",
  },
  closed: {
    take: null,
    assign: null,
    wait: null,
    escalate: null,
    resume: null,
    close: "closed",
    reopen: "in_progress",
    comment: "closed",
  },
};

const MAKERS: Record<Role, boolean> = { analyst: true, admin: true, manager: false };

const cases = ALERT_STATUSES.flatMap((status) =>
  MOVE_NAMES.flatMap((move) =>
    (Object.keys(MAKERS) as Role[]).map((role) => ({ status, move, role, to: LEADS[status][move] })),
  ),
);

describe("who may make which change of which alert", () => {
  test("every status, change and role is looked at", () => {
    expect(cases).toHaveLength(5 * 8 * 3);
  });

  test.for(cases)("$role: $move what is $status", ({ status, move, role, to }) => {
    expect(canMove(move, status, role)).toBe(to !== null && MAKERS[role]);
    if (to !== null) expect(statusAfter(move, status)).toBe(to);
  });
});
