import { z } from "zod";
import { SIGNALS, type Signal } from "#lib/detection/signal.ts";
import { isStorable } from "#lib/storable.ts";
import { type Condition, conditionsSchema, storedConditionsSchema } from "./condition.ts";

/**
 * `draft`: says something, does nothing. `observing`: hits are counted, nothing is suppressed. `revoked`: it was wrong, and
 * what it hid is open again. `archived`: out of the way, what it hid stays hidden.
 */
export const ENTRY_STATES = [
  "draft",
  "observing",
  "enforcing",
  "paused",
  "expired",
  "revoked",
  "archived",
] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

const DAY_MS = 86_400_000;

/** Why something is expected, with how long that is believed without looking again. */
export const REASON_CLASSES = {
  "ci-cd": { label: "CI/CD pipeline", days: 90 },
  "disaster-recovery": { label: "Disaster recovery or golden image", days: 30 },
  "infrastructure-as-code": { label: "Infrastructure as code", days: 90 },
  "registry-mirroring": { label: "Registry mirroring", days: 90 },
  forensic: { label: "Forensic imaging", days: 3 },
  other: { label: "Other", days: 30 },
} as const satisfies Record<string, { label: string; days: number }>;
export type ReasonClass = keyof typeof REASON_CLASSES;
export const REASON_CLASS_NAMES = Object.keys(REASON_CLASSES) as ReasonClass[];

/** An entry is looked at again at least once a year. */
export const MAX_DAYS = 366;
/** How long an analyst may enforce an entry of their own. */
const ANALYST_HOURS = 24;

export function defaultExpiry(reasonClass: ReasonClass, from: Date): Date {
  return new Date(from.getTime() + REASON_CLASSES[reasonClass].days * DAY_MS);
}

/** Nothing that happened before is stored: `parseTime` in lib/logs/normalize/time.ts. */
const EARLIEST = new Date("2000-01-01T00:00:00Z");

const text = (label: string, max: number) =>
  z
    .string()
    .trim()
    .min(1, { error: `${label} is missing.` })
    .max(max, { error: `${label} has more than ${max} characters.` })
    .refine(isStorable, { error: `${label} holds a character that cannot be stored.` });

/** What a person writes of an entry. */
export const entrySchema = z
  .strictObject({
    title: text("The title", 200),
    conditions: conditionsSchema,
    signals: z
      .array(z.enum(SIGNALS))
      .transform((given): Signal[] => SIGNALS.filter((signal) => given.includes(signal))),
    ownerId: z.guid({ error: "Choose an owner." }),
    reasonClass: z.enum(REASON_CLASS_NAMES, { error: "Choose a class of reason." }),
    reason: text("The reason", 4000),
    ticket: z
      .string()
      .trim()
      .max(500, { error: "The ticket has more than 500 characters." })
      .refine(isStorable, { error: "The ticket holds a character that cannot be stored." })
      .transform((given) => given || null)
      .nullable(),
    startsAt: z.date({ error: "The start is no time." }).min(EARLIEST, {
      error: "The start lies before the year 2000, from when no log tells.",
    }),
    expiresAt: z.date({ error: "The expiry is no time." }),
  })
  .refine(({ startsAt, expiresAt }) => startsAt < expiresAt, {
    error: "The entry ends before it starts.",
    path: ["expiresAt"],
  });
export type EntryContent = z.infer<typeof entrySchema>;

/** An entry as it is stored: what it says was checked when it was saved. */
export const storedEntrySchema = z.object({
  id: z.guid(),
  number: z.int(),
  state: z.enum(ENTRY_STATES),
  version: z.int(),
  revision: z.int(),
  title: z.string(),
  conditions: storedConditionsSchema,
  signals: z.array(z.enum(SIGNALS)),
  ownerId: z.guid(),
  reasonClass: z.enum(REASON_CLASS_NAMES),
  reason: z.string(),
  ticket: z.string().nullable(),
  startsAt: z.date(),
  expiresAt: z.date(),
  createdAt: z.date(),
  updatedAt: z.date(),
}) satisfies z.ZodType<Entry>;

/** An entry as it stands. */
export type Entry = EntryContent & {
  id: string;
  /** Shown as `ALW-12`. */
  number: number;
  state: EntryState;
  version: number;
  revision: number;
  createdAt: Date;
  updatedAt: Date;
};

export function entryName(number: number): string {
  return `ALW-${number}`;
}

/** What a change of the fields that decide about detections would make a new version of. */
export const DECIDING_FIELDS = ["conditions", "signals", "startsAt", "expiresAt"] as const;

/** An analyst's own enforcing entry: one exact actor, one exact image, at most a day from start to expiry. */
export function isNarrow({
  conditions,
  startsAt,
  expiresAt,
}: Pick<EntryContent, "conditions" | "startsAt" | "expiresAt">): boolean {
  const exact = (field: Condition["field"]) =>
    conditions.some((one) => one.field === field && one.op === "is" && !one.not && one.values.length === 1);
  return (
    exact("actor") && exact("image") && expiresAt.getTime() - startsAt.getTime() <= ANALYST_HOURS * 3_600_000
  );
}
