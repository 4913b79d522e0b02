import { describe, expect, test } from "vitest";
import { countOperations, type Deed, groupDeeds, outcomeOf, sourcesOf } from "./deed.ts";
import type { DetectionRow } from "./detection.ts";
import { detectionRow, EVE } from "./testing/detection-row.ts";

const START = Date.UTC(2026, 2, 4, 12);

type Given = Partial<DetectionRow> & { minute?: number };

function row({ minute = 0, ...given }: Given): DetectionRow {
  const eventId =
    given.eventId ??
    `${given.logSource ?? "cloudtrail"} ${given.operation ?? "PutImage"} ${minute} ${given.tag}`;
  return detectionRow({
    occurredAt: new Date(START + minute * 60_000),
    session: "run-1",
    sourceIp: "AWS Internal",
    addressClass: "cloud_service",
    ...given,
    eventId,
  });
}

const layer = (given: Given) => row({ operation: "CompleteLayerUpload", ...given });
const bridge = (given: Given) =>
  row({
    logSource: "ecr-eventbridge",
    operation: "ECR Image Action PUSH",
    actor: null,
    session: null,
    accessKey: null,
    ...given,
  });
const docker = (given: Given) =>
  row({
    logSource: "docker",
    operation: "image push",
    actor: null,
    session: null,
    accessKey: null,
    tag: "1.4",
    ...given,
  });

const cases: [name: string, rows: DetectionRow[], sizes: number[]][] = [
  ["two rules on one event", [row({ eventId: "e" }), row({ eventId: "e", ruleId: "other" })], [2]],
  [
    "start and end of one operation",
    [row({ operation: "a", correlationId: "c" }), row({ operation: "a", correlationId: "c", minute: 9 })],
    [2],
  ],
  [
    "two operations",
    [row({ operation: "CreateImage" }), row({ operation: "ModifyImageAttribute", minute: 1 })],
    [1, 1],
  ],
  ["layers and their push at one instant", [row({ eventId: "1", tag: "1.4" }), layer({ eventId: "9" })], [2]],
  ["layers of another session", [layer({ session: "run-2" }), row({ minute: 1, tag: "1.4" })], [1, 1]],
  ["layers after the push", [row({ tag: "1.4" }), layer({ minute: 1 })], [1, 1]],
  ["layers long before the push", [layer({}), row({ minute: 61, tag: "1.4" })], [1, 1]],
  ["layers without any push", [layer({}), layer({ minute: 20 }), layer({ minute: 90 })], [2, 1]],
  [
    "parts of one upload",
    [layer({ facts: { upload: "u" } }), layer({ minute: 70, facts: { upload: "u" } })],
    [2],
  ],
  [
    "one digest under two names",
    [row({ digest: "d", tag: "1.4" }), row({ digest: "d", tag: "latest", minute: 1 })],
    [2],
  ],
  [
    "one digest again much later",
    [row({ digest: "d", tag: "1.4" }), row({ digest: "d", tag: "latest", minute: 16 })],
    [1, 1],
  ],
  [
    "one digest by another actor",
    [row({ digest: "d", tag: "1.4" }), row({ digest: "d", tag: "latest", minute: 1, actor: EVE })],
    [1, 1],
  ],
  [
    "one name twice by one source, which tells no digest",
    [row({ tag: "1.4" }), row({ tag: "1.4", minute: 1 })],
    [1, 1],
  ],
  [
    "two digests under one name",
    [row({ digest: "d", tag: "1.4" }), row({ digest: "f", tag: "1.4", minute: 1 })],
    [1, 1],
  ],
  [
    "one digest, as two sources saw it",
    [row({ digest: "d", tag: "1.4" }), bridge({ digest: "d", tag: "1.4", minute: 2 })],
    [2],
  ],
  [
    "one digest pushed by two actors, with a source between that names none",
    [row({ digest: "d" }), bridge({ digest: "d", minute: 1 }), row({ digest: "d", minute: 2, actor: EVE })],
    [2, 1],
  ],
  [
    "refused, and then pushed",
    [row({ digest: "d", tag: "1.4", outcome: "failure" }), row({ digest: "d", tag: "latest", minute: 1 })],
    [1, 1],
  ],
  [
    "what an engine pushes and the registry takes",
    [docker({}), row({ digest: "d", tag: "1.4", minute: 1 }), bridge({ digest: "d", tag: "1.4", minute: 1 })],
    [3],
  ],
  ["what an engine pushes long before", [docker({}), row({ digest: "d", tag: "1.4", minute: 6 })], [1, 1]],
  ["another name that an engine pushes", [docker({}), row({ digest: "d", tag: "1.5", minute: 1 })], [1, 1]],
  [
    "an engine's chain",
    [
      docker({ operation: "container commit" }),
      docker({ operation: "image tag", minute: 30 }),
      docker({ minute: 80 }),
    ],
    [3],
  ],
  ["an engine's work of two days", [docker({ operation: "image build" }), docker({ minute: 61 })], [1, 1]],
  [
    "the images of architectures and their list",
    [
      row({ digest: "a" }),
      row({ digest: "b", minute: 1 }),
      row({ digest: "l", tag: "1.4", minute: 2, facts: { architectures: ["linux/amd64"] } }),
      row({ digest: "z", minute: 3 }),
    ],
    [3, 1],
  ],
];

test.for(cases)("%s", ([, rows, sizes]) => {
  expect(groupDeeds(rows).map((deed) => deed.rows.length)).toEqual(sizes);
});

test.for(cases)("in any order: %s", ([, rows]) => {
  const told = (deeds: Deed[]) =>
    deeds.map((deed) => deed.rows.map(({ eventId, ruleId }) => `${eventId} ${ruleId}`));
  const whole = told(groupDeeds(rows));
  for (let turn = 1; turn < rows.length; turn++) {
    expect(told(groupDeeds([...rows.slice(turn), ...rows.slice(0, turn)].toReversed()))).toEqual(whole);
  }
});

describe("of a push that three sources saw", () => {
  const [deed] = groupDeeds([
    layer({}),
    docker({ operation: "image tag" }),
    docker({ minute: 1 }),
    row({ tag: "1.4", digest: "d", minute: 1 }),
    bridge({ tag: "1.4", digest: "d", minute: 1, outcome: "unknown" }),
  ]) as [Deed];

  test("they are named, and it counts once", () => {
    expect(sourcesOf(deed)).toEqual(["cloudtrail", "docker", "ecr-eventbridge"]);
    // The layer, the tag, and the push.
    expect(countOperations(deed)).toBe(3);
    expect(outcomeOf(deed)).toBe("success");
  });
});

test("two tags are two operations of one source", () => {
  const [deed] = groupDeeds([
    row({ digest: "d", tag: "1.4" }),
    row({ digest: "d", tag: "latest", minute: 1 }),
  ]) as [Deed];
  expect(countOperations(deed)).toBe(2);
});

test.for<[outcomes: DetectionRow["outcome"][], outcome: string]>([
  [["failure", "failure"], "failure"],
  [["unknown", "failure"], "unknown"],
  [["unknown", "success"], "success"],
])("%j ends as %s", ([outcomes, outcome]) => {
  const rows = outcomes.map((one, at) => row({ eventId: "e", ruleId: String(at), outcome: one }));
  expect(outcomeOf({ rows: rows as Deed["rows"] })).toBe(outcome);
});
