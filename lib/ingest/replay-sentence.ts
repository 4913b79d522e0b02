import type { ReplayCounts, Stage } from "./replay.ts";

type Words = [one: string, many: string];
type Part = { of: string; would: Words; did: Words; count: (counts: ReplayCounts) => number };

const same = (words: string): Words => [words, words];
const detections = (name: "made" | "gone" | "rescored") => (counts: ReplayCounts) =>
  Object.values(counts.rules).reduce((sum, rule) => sum + rule[name], 0);

/** What is said of a run, in this order. */
const PARTS: readonly Part[] = [
  { of: "event", would: same("would change"), did: same("changed"), count: ({ changed }) => changed },
  {
    of: "rejected record",
    would: ["would become an event", "would become events"],
    did: ["became an event", "became events"],
    count: ({ read }) => read,
  },
  {
    of: "rejected record",
    would: ["tells of a known event", "tell of known events"],
    did: ["tells of a known event", "tell of known events"],
    count: ({ known }) => known,
  },
  {
    of: "event",
    would: same("would be rejected"),
    did: ["is rejected now", "are rejected now"],
    count: ({ lost }) => lost,
  },
  {
    of: "detection",
    would: same("would be made"),
    did: ["was made", "were made"],
    count: detections("made"),
  },
  { of: "detection", would: same("would go"), did: same("went"), count: detections("gone") },
  {
    of: "detection",
    would: same("would score otherwise"),
    did: ["scores otherwise", "score otherwise"],
    count: detections("rescored"),
  },
  {
    of: "detection",
    would: same("would be suppressed"),
    did: ["is suppressed now", "are suppressed now"],
    count: ({ suppressed }) => suppressed,
  },
  {
    of: "detection",
    would: same("would be open"),
    did: ["is open now", "are open now"],
    count: ({ opened }) => opened,
  },
  {
    of: "alert",
    would: same("would be new"),
    did: ["is new", "are new"],
    count: ({ alertsMade }) => alertsMade,
  },
  { of: "alert", would: same("would go"), did: same("went"), count: ({ alertsGone }) => alertsGone },
  {
    of: "alert",
    would: same("would stay without detections"),
    did: ["stays without detections", "stay without detections"],
    count: ({ alertsKept }) => alertsKept,
  },
  {
    of: "alert",
    would: same("would have another severity"),
    did: ["has another severity", "have another severity"],
    count: ({ severities }) => severities ?? 0,
  },
  {
    of: "alert",
    would: same("would leave the queue"),
    did: same("left the queue"),
    count: ({ queueLeft }) => queueLeft,
  },
  {
    of: "alert",
    would: same("would come to the queue"),
    did: same("came to the queue"),
    count: ({ queueJoined }) => queueJoined,
  },
];

/** Says of a run in one sentence what differs, or what it changed. */
export function replaySentence(counts: ReplayCounts, dryRun: boolean): string {
  const parts = PARTS.flatMap(({ of, would, did, count }) => {
    const value = count(counts);
    if (value === 0) return [];
    const [one, many] = dryRun ? would : did;
    return [`${value.toLocaleString("en-GB")} ${value === 1 ? `${of} ${one}` : `${of}s ${many}`}`];
  });
  const last = parts.pop();
  if (last === undefined) return dryRun ? "Nothing would differ." : "Nothing differed.";
  return `${parts.length === 0 ? last : `${parts.join(", ")} and ${last}`}.`;
}

/** What a dry run cannot count, for people; null where it counts all. Of the allowlist's decisions alone it does. */
export function notCounted({ changed, read, lost, rules }: ReplayCounts, from: Stage): string | null {
  const isNothing = changed + read + lost === 0 && Object.keys(rules).length === 0;
  if (from === "allow" || isNothing) return null;
  return (
    "Scores, severities and what the allowlist would decide are counted for the detections of these events, by what is stored " +
    "now. Not counted is what these events would change for others: whether something is a first time, a guard was lowered " +
    "before, a tag was moved, or what an alert’s story adds."
  );
}
