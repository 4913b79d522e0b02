import { z } from "zod";
import { env } from "#lib/env.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { accessKeySchema, connectionSettingsSchema } from "#lib/sumo/connection.ts";

/** What is wrong with which field: `categories`, `accessKey`. */
export type Issue = { path: string; message: string };

export type InvalidInput = { kind: "invalid-input"; issues: Issue[] };

/** What a form or a button sent. Settings and key are fields of one form, which finds each by its name. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Outcome<z.output<Schema>, InvalidInput> {
  const parsed = schema.safeParse(input);
  return parsed.success
    ? success(parsed.data)
    : failure({ kind: "invalid-input", issues: parsed.error.issues.map(issueOf) });
}

function issueOf({ path, message }: z.core.$ZodIssue): Issue {
  const names = path.filter((part) => typeof part === "string" && part !== "settings" && part !== "key");
  return { path: names.join("."), message };
}

const seen = z.strictObject({ id: z.guid(), revision: z.int() });

export const idInput = z.strictObject({ id: z.guid() });

const settings = () => connectionSettingsSchema(env().sumoUrls);

export function newConnectionInput() {
  return z.strictObject({ settings: settings(), key: accessKeySchema });
}

export function changeInput() {
  return z.strictObject({ seen, settings: settings() });
}

export function storedTestInput() {
  return z.strictObject({ id: z.guid(), settings: settings().nullable() });
}

export const rotateInput = z.strictObject({ seen, key: accessKeySchema });
export const enableInput = z.strictObject({ seen, enabled: z.boolean() });

const time = (message: string) => z.date({ error: message });

export const rangeInput = z.strictObject({
  connectionId: z.guid(),
  startsAt: time("Give the time from which to pull."),
  endsAt: time("Give the time up to which to pull."),
});
export const backfillInput = rangeInput.extend({ estimate: z.int().min(0).nullable() });
export const moveInput = z.strictObject({ seen, move: z.enum(["pause", "resume", "cancel"]) });

export const fetchInput = z.strictObject({
  connectionId: z.guid(),
  actorId: z.guid(),
  around: time("Give the time around which to fetch."),
});
