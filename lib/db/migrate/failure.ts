import { type Failure, failure } from "#lib/outcome.ts";

/** Why a database cannot be brought up to date. `sentence` is meant for a person and never holds a password. */
export type MigrateFailure = { kind: MigrateFailureKind; sentence: string };

export type MigrateFailureKind =
  | "unreachable"
  | "refused"
  | "no-database"
  | "too-old"
  | "not-empty"
  | "edited-migration"
  | "newer-database"
  | "failed-before"
  | "migration-failed";

export function refuseToMigrate(kind: MigrateFailureKind, sentence: string): Failure<MigrateFailure> {
  return failure({ kind, sentence });
}
