import { z } from "zod";
import { storedConditionsSchema } from "#lib/allowlist/condition.ts";
import { REASON_CLASS_NAMES, REASON_CLASSES } from "#lib/allowlist/entry.ts";
import { conditionSegments } from "#lib/allowlist/sentence.ts";
import { SIGNAL_WORDS, SIGNALS } from "#lib/detection/signal.ts";
import { formatTime } from "../../../../_ui/time.tsx";

/** What a field said before and after, each in lines of words. What is in both is left out. */
export type Difference = { label: string; before: string[]; after: string[] };

type Context = { names: ReadonlyMap<string, string>; zone: string; now: Date };
type Stored = { field: string; before: unknown; after: unknown };

/** The differences that a history keeps, for people to read. */
export function differencesOf(stored: readonly Stored[], context: Context): Difference[] {
  const told = stored.map(({ field, before, after }) => {
    const read = FIELDS[field] ?? { label: field, lines: plain };
    const [lost, gained] = [read.lines(before, context), read.lines(after, context)];
    return {
      label: read.label,
      before: lost.filter((line) => !gained.includes(line)),
      after: gained.filter((line) => !lost.includes(line)),
    };
  });
  return told.filter(({ before, after }) => before.length + after.length > 0);
}

type Read = { label: string; lines: (value: unknown, context: Context) => string[] };

const FIELDS: Readonly<Record<string, Read>> = {
  state: { label: "State", lines: plain },
  title: { label: "Title", lines: plain },
  conditions: {
    label: "Conditions",
    lines: (value) =>
      storedConditionsSchema
        .catch([])
        .parse(value)
        .map((condition) =>
          conditionSegments(condition)
            .map(({ text, whole }) => whole ?? text)
            .join(""),
        ),
  },
  signals: {
    label: "Swallows",
    lines: (value) =>
      z
        .array(z.enum(SIGNALS))
        .catch([])
        .parse(value)
        .map((signal) => SIGNAL_WORDS[signal]),
  },
  ownerId: {
    label: "Owner",
    lines: (value, { names }) => [names.get(String(value)) ?? "somebody who was shut out"],
  },
  reasonClass: {
    label: "Class",
    lines: (value) => {
      const known = z.enum(REASON_CLASS_NAMES).safeParse(value);
      return [known.success ? REASON_CLASSES[known.data].label : String(value)];
    },
  },
  reason: { label: "Reason", lines: plain },
  ticket: { label: "Ticket", lines: plain },
  startsAt: { label: "Starts", lines: time },
  expiresAt: { label: "Expires", lines: time },
};

function plain(value: unknown): string[] {
  return value === null || value === undefined ? [] : [String(value)];
}

function time(value: unknown, { zone, now }: Context): string[] {
  const at = z.coerce.date().safeParse(value);
  return at.success ? [formatTime(at.data, zone, now)] : plain(value);
}
