import { describe, expect, test } from "vitest";
import type { Role } from "#lib/access/person.ts";
import type { EntryContent } from "./entry.ts";
import type { Confirmation } from "./entry-move.ts";
import {
  type Confirmations,
  confirmed,
  ENTRY_MODES,
  type EntryFailure,
  type EntryMode,
  type Findings,
  objectionTo,
} from "./objection.ts";

const DAY_MS = 86_400_000;
const now = new Date("2026-03-04T09:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);

const narrow: EntryContent = {
  title: "CI pushes",
  conditions: [
    { field: "actor", op: "is", values: ["111122223333/role/ci"], not: false },
    { field: "image", op: "is", values: ["eu-west-1/ami-1"], not: false },
  ],
  signals: [],
  ownerId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  reasonClass: "ci-cd",
  reason: "The pipeline publishes builds.",
  ticket: null,
  startsAt: now,
  expiresAt: later(DAY_MS),
};
const wide: EntryContent = { ...narrow, expiresAt: later(90 * DAY_MS) };

const CLEAN: Findings = { broadness: [], truePositives: [] };
const BROAD: Findings = { broadness: ["single-condition"], truePositives: [] };
const JUDGED: Findings = { broadness: [], truePositives: [1042, 1043] };
const BOTH: Findings = { ...BROAD, truePositives: JUDGED.truePositives };

const NONE: Confirmations = { broad: null, truePositives: null };
const broadOnly: Confirmations = { broad: "One account, one purpose.", truePositives: null };
const judgedOnly: Confirmations = { broad: null, truePositives: "Those were a test." };
const ALL: Confirmations = { broad: broadOnly.broad, truePositives: judgedOnly.truePositives };

const tooBroad = (canConfirm: boolean): EntryFailure => ({
  reason: "too-broad",
  broadness: ["single-condition"],
  canConfirm,
});
const hides = (canConfirm: boolean): EntryFailure => ({
  reason: "hides-true-positives",
  alerts: [1042, 1043],
  canConfirm,
});
const notNarrow: EntryFailure = { reason: "not-narrow" };

type Row = [
  name: string,
  content: EntryContent,
  findings: Findings,
  confirmations: Confirmations,
  draft: EntryFailure | null,
  observing: EntryFailure | null,
  enforcing: EntryFailure | null,
];

const ROWS: Record<"analyst" | "admin", Row[]> = {
  analyst: [
    ["narrow", narrow, CLEAN, NONE, null, null, null],
    ["wide", wide, CLEAN, NONE, null, null, notNarrow],
    ["wide, everything confirmed", wide, CLEAN, ALL, null, null, notNarrow],
    ["narrow and broad", narrow, BROAD, NONE, null, tooBroad(false), tooBroad(false)],
    ["narrow and broad, confirmed", narrow, BROAD, ALL, null, tooBroad(false), tooBroad(false)],
    ["wide and broad, confirmed", wide, BROAD, ALL, null, tooBroad(false), notNarrow],
    ["narrow over true positives", narrow, JUDGED, NONE, null, null, hides(false)],
    ["narrow over true positives, confirmed", narrow, JUDGED, ALL, null, null, hides(false)],
    ["wide over true positives", wide, JUDGED, ALL, null, null, notNarrow],
    ["everything against it", wide, BOTH, ALL, null, tooBroad(false), notNarrow],
  ],
  admin: [
    ["narrow", narrow, CLEAN, NONE, null, null, null],
    ["wide", wide, CLEAN, NONE, null, null, null],
    ["broad", wide, BROAD, NONE, null, tooBroad(true), tooBroad(true)],
    ["broad, confirmed", wide, BROAD, broadOnly, null, null, null],
    ["broad, something else confirmed", wide, BROAD, judgedOnly, null, tooBroad(true), tooBroad(true)],
    [
      "broad, confirmed with nothing",
      wide,
      BROAD,
      { ...NONE, broad: "" },
      null,
      tooBroad(true),
      tooBroad(true),
    ],
    ["over true positives", wide, JUDGED, NONE, null, null, hides(true)],
    ["over true positives, confirmed", wide, JUDGED, judgedOnly, null, null, null],
    ["over true positives, something else confirmed", wide, JUDGED, broadOnly, null, null, hides(true)],
    [
      "over true positives, confirmed with nothing",
      wide,
      JUDGED,
      { ...NONE, truePositives: "" },
      null,
      null,
      hides(true),
    ],
    ["broad and over true positives", wide, BOTH, NONE, null, tooBroad(true), tooBroad(true)],
    ["broad and over true positives, the first confirmed", wide, BOTH, broadOnly, null, null, hides(true)],
    [
      "broad and over true positives, the second confirmed",
      wide,
      BOTH,
      judgedOnly,
      null,
      tooBroad(true),
      tooBroad(true),
    ],
    ["broad and over true positives, both confirmed", wide, BOTH, ALL, null, null, null],
    ["narrow and broad", narrow, BROAD, NONE, null, tooBroad(true), tooBroad(true)],
  ],
};

function said(role: Role, mode: EntryMode, content: EntryContent, findings = CLEAN, confirmations = NONE) {
  return objectionTo(content, { person: { role }, mode, findings, confirmations, now });
}

describe.for(["analyst", "admin"] as const)("what is said to an %s of an entry that is", (role) => {
  test.for(ROWS[role])("%s", ([, content, findings, confirmations, ...expected]) => {
    expect(ENTRY_MODES.map((mode) => said(role, mode, content, findings, confirmations))).toEqual(expected);
  });
});

describe.for(ENTRY_MODES)("%s", (mode) => {
  test("is not for managers, whatever it is", () => {
    expect(said("manager", mode, narrow)).toEqual({ reason: "not-allowed" });
    expect(said("manager", mode, { ...narrow, expiresAt: later(-1) })).toEqual({ reason: "not-allowed" });
    expect(said("manager", mode, wide, BOTH, ALL)).toEqual({ reason: "not-allowed" });
  });

  test.for<[name: string, ms: number, reason: EntryFailure["reason"] | null]>([
    ["a millisecond ago", -1, "expires-in-the-past"],
    ["exactly now", 0, "expires-in-the-past"],
    ["in a millisecond", 1, null],
    ["in 366 days", 366 * DAY_MS, null],
    ["in 366 days and a millisecond", 366 * DAY_MS + 1, "lives-too-long"],
    ["at the end of time", 8.64e15 - now.getTime(), "lives-too-long"],
  ])("that expires %s", ([, ms, reason]) => {
    const content = { ...wide, startsAt: later(-DAY_MS), expiresAt: later(ms) };
    expect(said("admin", mode, content)?.reason ?? null).toBe(reason);
    expect(said("admin", mode, content, BOTH, ALL)?.reason ?? null).toBe(reason);
  });
});

test.for<[name: string, startsAt: Date, expiresAt: Date, reason: EntryFailure["reason"] | null]>([
  ["a day that begins tomorrow", later(DAY_MS), later(2 * DAY_MS), null],
  ["a day that ends in a millisecond", later(1 - DAY_MS), later(1), null],
  ["a day that began a month ago", later(-30 * DAY_MS), later(DAY_MS), "not-narrow"],
  ["a day and a millisecond", now, later(DAY_MS + 1), "not-narrow"],
])("an analyst may enforce what is narrow for a day: %s", ([, startsAt, expiresAt, reason]) => {
  expect(said("analyst", "enforcing", { ...narrow, startsAt, expiresAt })?.reason ?? null).toBe(reason);
});

const keptBroad: Confirmation = {
  of: "broad",
  findings: ["single-condition"],
  reason: "One account, one purpose.",
};
const keptJudged: Confirmation = {
  of: "true-positives",
  findings: ["ALR-1042", "ALR-1043"],
  reason: "Those were a test.",
};

test.for<[name: string, mode: EntryMode, findings: Findings, given: Confirmations, kept: Confirmation[]]>([
  ["nothing was confirmed", "enforcing", BOTH, NONE, []],
  ["there was nothing to confirm", "enforcing", CLEAN, ALL, []],
  ["what is broad", "enforcing", BROAD, ALL, [keptBroad]],
  ["true positives", "enforcing", JUDGED, ALL, [keptJudged]],
  ["both", "enforcing", BOTH, ALL, [keptBroad, keptJudged]],
  ["the first of both", "enforcing", BOTH, broadOnly, [keptBroad]],
  ["the second of both", "enforcing", BOTH, judgedOnly, [keptJudged]],
  ["what observes hides no true positives", "observing", BOTH, ALL, [keptBroad]],
  ["a draft asks for nothing", "draft", BOTH, ALL, []],
  ["an empty reason is none", "enforcing", BOTH, { broad: "", truePositives: "" }, []],
])("what was confirmed is kept, and nothing else: %s", ([, mode, findings, given, kept]) => {
  expect(confirmed(mode, findings, given)).toEqual(kept);
});

test("an analyst swallows no signal, not even for a day", () => {
  const swallows: EntryContent = { ...narrow, signals: ["watch-list"] };
  const ask = (role: Role, content: EntryContent) =>
    objectionTo(content, { person: { role }, mode: "enforcing", findings: CLEAN, confirmations: NONE, now });
  expect(ask("analyst", swallows)).toEqual(notNarrow);
  expect(ask("analyst", narrow)).toBeNull();
  expect(ask("admin", swallows)).toBeNull();
});
