import { type Failure, failure } from "#lib/outcome.ts";

/** Why the embedded database cannot be used. `sentence` is meant for a person and names the place. */
export type EmbeddedFailure = { kind: EmbeddedFailureKind; sentence: string };

export type EmbeddedFailureKind =
  | "unsupported-platform"
  | "folder-unwritable"
  | "no-space"
  | "no-user"
  | "database-missing"
  | "wrong-version"
  | "not-started"
  | "interrupted";

export function refuse(kind: EmbeddedFailureKind, sentence: string): Failure<EmbeddedFailure> {
  return failure({ kind, sentence });
}
