// npm run -s replay -- [--dry-run] [--from detect] [--import ID | --rejected | --source LOG --since DATE --until DATE]
//
// Reads stored records again, beside a Barnacle that runs or with the database started for it. Exit code 0: done; 1: it could
// not be done; 2: wrong use.

import { parseArgs } from "node:util";
import { z } from "zod";
import { closeDatabase, connectTo } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { migrate } from "#lib/db/migrate.ts";
import { reachDatabase } from "#lib/db/reach.ts";
import { previewReplay, startReplay } from "#lib/ingest/commands/replays.ts";
import { runReplay } from "#lib/ingest/jobs/run-replay.ts";
import { getReplay } from "#lib/ingest/queries/replays.ts";
import { replayScopeSchema, STAGES } from "#lib/ingest/replay.ts";
import { replaySentence } from "#lib/ingest/replay-sentence.ts";

const wanted = readArguments();
const reached = await reachDatabase();
if (!reached.ok) giveUp(reached.reason, 1);
let code = 1;
try {
  const migrated = await migrate(reached.value.connectionString);
  if (!migrated.ok) giveUp(migrated.reason.sentence, 1);
  connectTo({ connectionString: reached.value.connectionString });
  code = await replay();
} finally {
  await stopSender();
  await closeDatabase();
  await reached.value.leave();
}
process.exit(code);

async function replay(): Promise<number> {
  const { dryRun, ...what } = wanted;
  const started = dryRun
    ? ({ ok: true, value: await previewReplay(what, null, new Date()) } as const)
    : await startReplay(what, null, new Date());
  if (!started.ok) {
    console.error("Another replay changes the store or waits to.");
    return 1;
  }
  const stopping = new AbortController();
  const end = await runReplay(started.value, () => new Date(), stopping.signal);
  if (end === "busy") {
    console.error("Another replay runs: the worker takes this one up after it.");
    return 1;
  }
  const run = await getReplay(started.value);
  if (run) console.log(replaySentence(run.counts, run.dryRun));
  return run?.state === "done" ? 0 : 1;
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        "dry-run": { type: "boolean", default: false },
        from: { type: "string", default: "normalise" },
        import: { type: "string" },
        rejected: { type: "boolean", default: false },
        source: { type: "string" },
        since: { type: "string" },
        until: { type: "string" },
      },
    });
    const from = STAGES.find((stage) => stage === values.from);
    if (!from) throw new Error(`--from is one of ${STAGES.join(", ")}.`);
    const scope = replayScopeSchema.safeParse(scopeOf(values));
    if (!scope.success) throw new Error(z.prettifyError(scope.error));
    return { dryRun: values["dry-run"], from, scope: scope.data };
  } catch (error) {
    return giveUp((error as Error).message, 2);
  }
}

type Values = { import?: string; rejected?: boolean; source?: string; since?: string; until?: string };

function scopeOf(values: Values): unknown {
  if (values.rejected) return { kind: "rejected", importId: values.import ?? null, reason: null };
  if (values.import) return { kind: "import", importId: values.import };
  if (values.source || values.since || values.until) {
    return { kind: "source", logSource: values.source ?? null, from: values.since, to: values.until };
  }
  return { kind: "everything" };
}

function giveUp(sentence: string, exitCode: number): never {
  console.error(sentence);
  process.exit(exitCode);
}
