/** One reason for a score, as it is shown: "+30 shared with everyone". */
export type Addend = { id: string; points: number; why: string };

type Worth = { points: number; why: string };

/**
 * What the single event adds to the base of its rule or takes away. Sharing weighs most, because it is what public rule sets
 * score high; making an image is everyday work. A user agent can only raise.
 */
export const EVENT_POINTS = {
  "shared-with-everyone": { points: 30, why: "shared with everyone" },
  "shared-with-foreign-account": { points: 20, why: "shared with another account or organisation" },
  root: { points: 15, why: "by the root user" },
  "attack-tool": { points: 25, why: "by the client of an attack tool" },
  external: { points: 5, why: "from an external address" },
  "long-lived-key": { points: 10, why: "with a long-lived access key" },
  "no-mfa": { points: 5, why: "signed in without a second factor" },
  "off-hours": { points: 10, why: "by a person outside working hours" },
  important: { points: 5, why: "image or account of high importance" },
  critical: { points: 10, why: "image or account of critical importance" },
  "overwrite-refused": { points: 5, why: "tried to overwrite a tag that may not move" },
  unshared: { points: -10, why: "only takes sharing away" },
  failed: { points: -10, why: "the call failed" },
  "dry-run": { points: -15, why: "a dry run by a workload" },
  service: { points: -10, why: "by a service of the cloud itself" },
} as const satisfies Record<string, Worth>;

/** First times: the weightiest counts whole, each further one FURTHER_FIRST, for they come together. */
export const FIRST_POINTS = {
  "first-latest": { points: 20, why: "first time that this actor moves “{tag}”, which others did before" },
  "first-image": { points: 15, why: "first time that this actor works on this image, as others did before" },
  "first-name": {
    points: 15,
    why: "first image by this actor that is called “{name}…”, as those of others are",
  },
  "first-network": { points: 15, why: "new network for this actor" },
  "first-account": { points: 12, why: "first time that this actor is in account {account}" },
  "first-operation": { points: 8, why: "first time that this actor calls {operation}" },
  "first-region": { points: 8, why: "first time that this actor is in {region}" },
} as const satisfies Record<string, Worth>;
export const FURTHER_FIRST = 2;

/** What was stored of the time before adds. A tag that its own pipeline moves often is no version that was exchanged. */
export const HISTORY_POINTS = {
  "tag-of-another-moved": {
    points: 25,
    why: "stable tag “{tag}” moved to another digest {ago} after another actor had put it there",
  },
  "old-tag-moved": { points: 20, why: "stable tag “{tag}” moved to another digest after {ago}" },
  "tag-moved": { points: 10, why: "tag “{tag}” moved to another digest after {ago}" },
  "pulled-and-pushed": {
    points: 10,
    why: "pulled {ago} before under the same tag, and pushed back as another image",
  },
  "pulled-built-pushed": {
    points: 20,
    why: "pulled {ago} before under the same tag, built upon and pushed back",
  },
  "refused-before": { points: 15, why: "refused {ago} before, and then successful" },
  "watch-list": { points: 20, why: "on the watch list" },
} as const satisfies Record<string, Worth>;

/** What the whole story of an alert adds to its worst detection. */
const STORY_POINTS = {
  "guard-lowered": { points: 15, why: "a guard of it was lowered within 24 hours before" },
  "image-used": { points: 10, why: "the image was started or pulled {ago} later" },
} as const satisfies Record<string, Worth>;

const ALL = { ...EVENT_POINTS, ...FIRST_POINTS, ...HISTORY_POINTS, ...STORY_POINTS };
export type AddendId = keyof typeof ALL;

/** The id of an addend that is the rule's own. */
export const BASE = "base";

const FACT_LENGTH = 80;

/** The addend of an id, with facts of it put into its sentence: each may be anybody's text. */
export function addendOf(id: AddendId, facts: Readonly<Record<string, string | null>> = {}): Addend {
  const { points, why } = ALL[id];
  return { id, points, why: why.replace(/\{(\w+)\}/g, (_, name: string) => shown(facts[name] ?? "?")) };
}

function shown(fact: string): string {
  const short = fact.length > FACT_LENGTH ? `${fact.slice(0, FACT_LENGTH - 1)}…` : fact;
  return short.toWellFormed().replace(/\p{C}/gu, "\ufffd");
}

/** Those of a stored detection's addends that follow from its event and rule alone. */
export function ownAddends<One extends { id?: string }>(addends: readonly One[]): One[] {
  return addends.filter(({ id }) => id === undefined || !isOfHistory(id));
}

function isOfHistory(id: string): boolean {
  return Object.hasOwn(FIRST_POINTS, id) || Object.hasOwn(HISTORY_POINTS, id);
}

/** The sum of addends, between 0 and 100. */
export function sumOf(addends: readonly { points: number }[]): number {
  return Math.min(
    100,
    Math.max(
      0,
      addends.reduce((total, { points }) => total + points, 0),
    ),
  );
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long, as it is said: "12 days", "3 hours", "less than a minute". */
export function spanOf(ms: number): string {
  const [size, unit] =
    ms >= 2 * DAY_MS ? [DAY_MS, "day"] : ms >= 2 * HOUR_MS ? [HOUR_MS, "hour"] : [MINUTE_MS, "minute"];
  const count = Math.floor(ms / Number(size));
  if (count === 0) return "less than a minute";
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}
