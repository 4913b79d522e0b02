import { db } from "#lib/db/client.ts";
import type { ReplayRun } from "#lib/db/generated/client.ts";
import { type RuleSetting, ruleSettingSchema } from "#lib/rules/setting.ts";
import {
  type ReplayCounts,
  type ReplayScope,
  type ReplayState,
  replayCountsSchema,
  replayScopeSchema,
  type Stage,
} from "../replay.ts";

export type ReplayRow = {
  id: string;
  scope: ReplayScope;
  /** Of a scope that is an import's: its name. */
  importName: string | null;
  from: Stage;
  dryRun: boolean;
  /** Of a run about a rule: which, and, of a dry run, the setting that it tries. */
  ruleId: string | null;
  ruleSetting: RuleSetting | null;
  state: ReplayState;
  /** Records to look at; null before they are counted. */
  total: number | null;
  done: number;
  counts: ReplayCounts;
  failure: string | null;
  askedBy: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

const MOST_LISTED = 50;

/** The latest runs, the latest first. */
export async function listReplays(): Promise<ReplayRow[]> {
  return await named(
    await db().replayRun.findMany({ orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: MOST_LISTED }),
  );
}

/** A run as far as it has come, or null when there is none. */
export async function getReplay(id: string): Promise<ReplayRow | null> {
  const row = await db().replayRun.findUnique({ where: { id } });
  return row ? ((await named([row]))[0] ?? null) : null;
}

/** The last run that had the store follow how a rule is set, or null. */
export async function getRunOfRule(ruleId: string): Promise<ReplayRow | null> {
  const row = await db().replayRun.findFirst({
    where: { ruleId, dryRun: false },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return row ? ((await named([row]))[0] ?? null) : null;
}

async function named(rows: readonly ReplayRun[]): Promise<ReplayRow[]> {
  const scopes = rows.map(({ scope }) => replayScopeSchema.parse(scope));
  const importIds = scopes.flatMap((scope) =>
    "importId" in scope && scope.importId ? [scope.importId] : [],
  );
  const [people, imports] = await Promise.all([
    db().person.findMany({
      where: { id: { in: rows.flatMap(({ askedBy }) => askedBy ?? []) } },
      select: { id: true, name: true },
    }),
    db().import.findMany({ where: { id: { in: importIds } }, select: { id: true, name: true } }),
  ]);
  const names = new Map([...people, ...imports].map(({ id, name }) => [id, name]));
  return rows.map((row, at) => {
    const scope = scopes[at] ?? { kind: "everything" };
    return {
      id: row.id,
      scope,
      importName: "importId" in scope && scope.importId ? (names.get(scope.importId) ?? null) : null,
      from: row.fromStage as Stage,
      dryRun: row.dryRun,
      ruleId: row.ruleId,
      ruleSetting: row.ruleSetting === null ? null : ruleSettingSchema.parse(row.ruleSetting),
      state: row.state as ReplayState,
      total: row.total === null ? null : Number(row.total),
      done: Number(row.done),
      counts: replayCountsSchema.parse(row.counts),
      failure: row.failure,
      askedBy: (row.askedBy && names.get(row.askedBy)) ?? null,
      createdAt: row.createdAt,
      startedAt: row.startedAt,
      finishedAt: row.finishedAt,
    };
  });
}
