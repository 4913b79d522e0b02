import { describe, expect, test } from "vitest";
import type { Role } from "#lib/access/person.ts";
import { ENTRY_STATES, type EntryState } from "./entry.ts";
import {
  CHANGEABLE,
  canMoveEntry,
  confirmationSchema,
  ENTRY_MOVE_NAMES,
  ENTRY_MOVES,
  type EntryMoveName,
} from "./entry-move.ts";

/** The same table written out: where each change leads from each state; null where it is not legal. */
const LEADS: Record<EntryState, Record<EntryMoveName, EntryState | null>> = {
  draft: {
    observe: "observing",
    enforce: "enforcing",
    pause: null,
    revoke: null,
    archive: "archived",
    restore: null,
  },
  observing: {
    observe: null,
    enforce: "enforcing",
    pause: "paused",
    revoke: "revoked",
    archive: "archived",
    restore: null,
  },
  enforcing: {
    observe: "observing",
    enforce: null,
    pause: "paused",
    revoke: "revoked",
    archive: "archived",
    restore: null,
  },
  paused: {
    observe: "observing",
    enforce: "enforcing",
    pause: null,
    revoke: "revoked",
    archive: "archived",
    restore: null,
  },
  expired: {
    observe: null,
    enforce: null,
    pause: null,
    revoke: "revoked",
    archive: "archived",
    restore: null,
  },
  revoked: {
    observe: null,
    enforce: null,
    pause: null,
    revoke: null,
    archive: null,
    restore: null,
  },
  archived: {
    observe: null,
    enforce: null,
    pause: null,
    revoke: "revoked",
    archive: null,
    restore: "paused",
  },
};

const MAKERS: Record<EntryMoveName, Record<Role, boolean>> = {
  observe: { analyst: true, admin: true, manager: false },
  enforce: { analyst: true, admin: true, manager: false },
  pause: { analyst: true, admin: true, manager: false },
  revoke: { analyst: false, admin: true, manager: false },
  archive: { analyst: false, admin: true, manager: false },
  restore: { analyst: false, admin: true, manager: false },
};

const ROLES: readonly Role[] = ["analyst", "admin", "manager"];

const cases = ENTRY_STATES.flatMap((state) =>
  ENTRY_MOVE_NAMES.flatMap((move) => ROLES.map((role) => ({ state, move, role, to: LEADS[state][move] }))),
);

describe("who may make which change of which entry", () => {
  test("every state, change and role is looked at", () => {
    expect(cases).toHaveLength(7 * 6 * 3);
  });

  test.for(cases)("$role: $move what is $state", ({ state, move, role, to }) => {
    expect(canMoveEntry(move, state, role)).toBe(to !== null && MAKERS[move][role]);
    if (to !== null) expect(ENTRY_MOVES[move].to).toBe(to);
  });
});

test.for<[state: EntryState, expected: boolean]>([
  ["draft", true],
  ["observing", true],
  ["enforcing", true],
  ["paused", true],
  ["expired", true],
  ["revoked", false],
  ["archived", false],
])("what an entry says can be changed while it is %s: %s", ([state, expected]) => {
  expect(CHANGEABLE.includes(state)).toBe(expected);
});

test.for<[name: string, given: unknown, expected: boolean]>([
  ["of what is broad", { of: "broad", findings: ["huge-network"], reason: "why" }, true],
  ["of true positives", { of: "true-positives", findings: [], reason: "why" }, true],
  ["of something else", { of: "everything", findings: [], reason: "why" }, false],
  ["without a reason", { of: "broad", findings: [] }, false],
])("a confirmation as it is stored: %s", ([, given, expected]) => {
  expect(confirmationSchema.safeParse(given).success).toBe(expected);
});
