import { z } from "zod";
import { API_URL_FAULTS, isDeployment, parseApiUrl } from "./deployment.ts";
import type { SumoProblem } from "./problem.ts";
import { type Categories, connectionQuery, PROFILES, type Profile, QUERY_FAULTS } from "./query.ts";

/** The shortest and longest time between two pulls of the schedule. */
const EVERY_MINUTES = { least: 1, most: 24 * 60 } as const;

const MOST_CATEGORIES = 50;
const text = (longest: number) => z.string().trim().max(longest, `At most ${longest} characters.`);

const shape = z.object({
  name: text(80).min(1, "Give the connection a name."),
  deployment: z.string().refine((code) => code === "custom" || isDeployment(code), "Choose a deployment."),
  apiUrl: text(500).nullable(),
  uiUrl: text(500)
    .refine((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ""), "This is no web address.")
    .nullable(),
  keyOwner: text(200),
  categories: z.object({
    aws: z.array(z.string()).max(MOST_CATEGORIES, `At most ${MOST_CATEGORIES} categories.`),
    azure: z.array(z.string()).max(MOST_CATEGORIES, `At most ${MOST_CATEGORIES} categories.`),
  }),
  profile: z.enum(PROFILES, "Choose what to pull."),
  ownQuery: z.string().nullable(),
  everyMinutes: z
    .int("Give a whole number of minutes.")
    .min(EVERY_MINUTES.least, "At least one minute.")
    .max(EVERY_MINUTES.most, "At most a day."),
});

/** What an admin says of a connection, apart from its key. */
export type ConnectionSettings = z.infer<typeof shape>;

const CATEGORY_FAULTS: readonly string[] = ["no-category", "bad-category"];

/** `allowed`: the origins that the operator lists for deployments of one's own. */
export function connectionSettingsSchema(allowed: readonly string[]): z.ZodType<ConnectionSettings> {
  return shape.superRefine((settings, context) => {
    if (settings.deployment === "custom") {
      const url = parseApiUrl(settings.apiUrl ?? "", allowed);
      if (!url.ok)
        context.addIssue({ code: "custom", path: ["apiUrl"], message: API_URL_FAULTS[url.reason] });
    }
    const query = connectionQuery(settings);
    if (query.ok) return;
    const isCategory = CATEGORY_FAULTS.includes(query.reason);
    const path = [isCategory ? "categories" : "ownQuery"];
    context.addIssue({ code: "custom", path, message: QUERY_FAULTS[query.reason] });
  });
}

/** An access key as it is typed. Bounds only: what a key looks like is Sumo's affair. */
export const accessKeySchema = z.object({
  accessId: text(200).min(1, "Give the access id."),
  accessKey: text(500).min(1, "Give the access key."),
});
export type AccessKey = z.infer<typeof accessKeySchema>;

/** A connection as people see it: nothing of its key but how its id ends. */
export type Connection = {
  id: string;
  name: string;
  /** A code of DEPLOYMENTS, or `custom`. */
  deployment: string;
  apiUrl: string | null;
  uiUrl: string | null;
  keyOwner: string;
  accessIdEnd: string;
  categories: Categories;
  profile: Profile;
  ownQuery: string | null;
  everyMinutes: number;
  enabled: boolean;
  revision: number;
  nextRunAt: Date;
  lastRunAt: Date | null;
  lastSuccessAt: Date | null;
  failures: number;
  /** As it was stored: a reason of another version may be unknown to this one. */
  problem: { reason: string; detail: string } | null;
  createdAt: Date;
  updatedAt: Date;
};

/** A connection with how it does: of the last 24 hours. */
export type ConnectionStanding = Connection & {
  /** Up to when everything that Sumo received is here, but for gaps. */
  reachesTo: Date;
  messagesPerHour: number;
  bytesPerHour: number;
  gaps: number;
  backfillsRunning: number;
};

export type BackfillState = "running" | "paused" | "cancelled" | "done";

/** A range that somebody asked for, with how far it is. */
export type Backfill = {
  id: string;
  connectionId: string;
  /** `actor`: what holds one actor's name. */
  kind: "range" | "actor";
  actorId: string | null;
  startsAt: Date;
  endsAt: Date;
  state: BackfillState;
  revision: number;
  /** Messages that Sumo counted beforehand; null: it was not asked. */
  estimate: number | null;
  messages: number;
  /** Of its time, from 0 to 1. */
  done: number;
  windows: number;
  waiting: number;
  gaps: number;
  createdByName: string | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** A stretch of time that was, or is to be, pulled. */
export type PullWindow = {
  id: string;
  backfillId: string | null;
  timeKind: "receipt" | "message";
  startsAt: Date;
  endsAt: Date;
  state: "waiting" | "pulled" | "gap" | "cancelled";
  attempts: number;
  problem: { reason: string; detail: string } | null;
  messages: number;
  bytes: number;
  bytesScanned: number;
  /** What was pulled, as the import that it became. Null: nothing new. */
  importId: string | null;
  finishedAt: Date | null;
};

/** What a test of a connection saw of its last minutes. */
export type ConnectionTest = {
  /** Messages that Sumo holds for the query in `minutes`; `isTruncated`: at least. */
  messages: number;
  isTruncated: boolean;
  minutes: number;
  bytesScanned: number;
  /** Records that were looked at, and how many of them are of a log that Barnacle knows. */
  records: number;
  known: number;
  /** Log sources that were seen, the commonest first. */
  logSources: { name: string; records: number }[];
  warnings: string[];
};

/** Why a change of a connection or backfill was not made. */
export type ChangeFault =
  /** By whom and when the last change was made; null: by nobody who is known. */
  | { kind: "changed-meanwhile"; by: string | null; at: Date | null }
  | { kind: "gone" }
  | { kind: "name-taken" }
  | { kind: "not-now"; state: string }
  | { kind: "bad-range"; sentence: string }
  | { kind: "query"; sentence: string }
  | { kind: "sumo"; problem: SumoProblem };
