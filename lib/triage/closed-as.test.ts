import { expect, test } from "vitest";
import { type ClosedAs, type Since, sinceClosed } from "./closed-as.ts";

const closedAs: ClosedAs = {
  detectionCount: 3,
  rules: ["ecr-push"],
  actorIds: ["a"],
  networks: ["AS64500"],
  score: 45,
};
const nothing: Since = { detectionCount: 0, rules: [], actorIds: [], networks: [], isMoreSevere: false };

test.for<[name: string, now: Partial<ClosedAs>, since: Partial<Since>]>([
  ["nothing", {}, {}],
  ["more of the same", { detectionCount: 6 }, { detectionCount: 3 }],
  ["another rule", { rules: ["acr-push", "ecr-push"] }, { rules: ["acr-push"] }],
  ["another actor", { actorIds: ["a", "b"] }, { actorIds: ["b"] }],
  ["another network", { networks: ["AS64500", "AS64501"] }, { networks: ["AS64501"] }],
  ["a higher score of the same severity", { score: 59 }, {}],
  ["a higher severity", { score: 60 }, { isMoreSevere: true }],
  ["a lower severity", { score: 10 }, {}],
  ["fewer detections, after the rules were changed", { detectionCount: 2 }, {}],
])("since it was closed: %s", ([, now, since]) => {
  expect(sinceClosed(closedAs, { ...closedAs, ...now })).toEqual({ ...nothing, ...since });
});
