import { z } from "zod";
import { REJECTION_SENTENCES, type RejectionReason } from "#lib/logs/rejection.ts";
import { isStorable } from "#lib/storable.ts";
import type { ImportKind } from "./import.ts";

export const REJECTION_REASONS = Object.keys(REJECTION_SENTENCES) as RejectionReason[];
const KINDS = ["upload", "sample", "sumo", "api"] as const satisfies readonly ImportKind[];

/** Which rejected records are asked for. From a URL: what cannot be read there counts for nothing, and is not shown as in force. */
export const rejectedFilterSchema = z.object({
  import: z.guid().optional().catch(undefined),
  reason: z.enum(REJECTION_REASONS).optional().catch(undefined),
  /** How they came. */
  kind: z.enum(KINDS).optional().catch(undefined),
  /** From which source, together with how: the connection's id, or the source that a token is for. */
  source: z.string().min(1).max(200).refine(isStorable).optional().catch(undefined),
  /** Looked for in the file's name and in what was seen. */
  q: z.string().trim().min(1).max(200).refine(isStorable).optional().catch(undefined),
  /** Days on which the import was delivered, the last one in it, as `2026-01-31`: UTC. */
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
});
export type RejectedFilter = z.infer<typeof rejectedFilterSchema>;

/** Names a rejected record in a URL: its import and its number there. */
export function rejectedName(importId: string, index: number): string {
  return `${importId}~${index}`;
}

const nameSchema = z.tuple([z.guid(), z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)]);

/** Undefined for what names none. */
export function parseRejectedName(text: unknown): { importId: string; index: number } | undefined {
  const parsed = nameSchema.safeParse(typeof text === "string" ? text.split("~") : undefined);
  return parsed.success ? { importId: parsed.data[0], index: parsed.data[1] } : undefined;
}
