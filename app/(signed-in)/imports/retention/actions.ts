"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { setRetention } from "#lib/ingest/commands/retention.ts";
import { previewRetention, type RetentionPreview } from "#lib/ingest/queries/retention.ts";
import { retentionSchema } from "#lib/ingest/retention.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { authorize } from "../../../_access/current-person.ts";
import type { Refusal } from "../../../_access/refusal-words.ts";

export type RetentionIssue = { path: string; message: string };
export type RetentionRefusal =
  | { kind: Refusal | "changed-meanwhile" }
  | { kind: "invalid-input"; issues: RetentionIssue[] };

const inputSchema = z.strictObject({ retention: retentionSchema, revision: z.int().min(0) });

/** What a policy would delete, were it saved now. */
export async function previewRetentionAction(
  input: unknown,
): Promise<Outcome<RetentionPreview, RetentionRefusal>> {
  const admin = await authorize("retention.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = parse(input);
  if (!parsed.ok) return parsed;
  return success(await previewRetention(parsed.value.retention, new Date()));
}

export async function setRetentionAction(input: unknown): Promise<Outcome<undefined, RetentionRefusal>> {
  const admin = await authorize("retention.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = parse(input);
  if (!parsed.ok) return parsed;
  const { retention, revision } = parsed.value;
  const outcome = await setRetention(retention, revision, admin.value, new Date());
  refresh();
  return outcome.ok ? outcome : failure({ kind: outcome.reason });
}

function parse(input: unknown): Outcome<z.output<typeof inputSchema>, RetentionRefusal> {
  const parsed = inputSchema.safeParse(input);
  if (parsed.success) return success(parsed.data);
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: String(path.at(-1) ?? ""),
    message,
  }));
  return failure({ kind: "invalid-input", issues });
}
