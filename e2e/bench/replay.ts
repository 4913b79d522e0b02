import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { pool } from "#lib/db/client.ts";
import { previewReplay, type ReplayWanted, startReplay } from "#lib/ingest/commands/replays.ts";
import { changeRule, previewRuleChange } from "#lib/ingest/commands/rule-changes.ts";
import { createImport } from "#lib/ingest/commands.ts";
import { runImport } from "#lib/ingest/jobs/run-import.ts";
import { runReplay } from "#lib/ingest/jobs/run-replay.ts";
import { getReplay } from "#lib/ingest/queries/replays.ts";
import { ensureUploadsFolder, uploadPath } from "#lib/ingest/uploads.ts";
import type { Outcome } from "#lib/outcome.ts";
import { getRuleSetting } from "#lib/rules/queries/rule-settings.ts";
import { type Bench, timed } from "./figure.ts";
import { TRAIL_RECORDS, writeTrail } from "./trail.ts";

const RULE = "ecr-push";
const EVERYTHING: ReplayWanted = { scope: { kind: "everything" }, from: "detect" };
const clock = () => new Date();

/**
 * Stored events put through detection again, as the worker does it: all of them, and all that one rule concerns. Their number
 * is that of the store, whether a rule looks at them or not.
 */
export const benchReplay: Bench = async (report, { scale }) => {
  const events = Math.round(TRAIL_RECORDS * scale);
  await importTrail(events);
  const admin = await somebody();
  const measure = async (what: string, ask: () => Promise<string>) => {
    const id = await ask();
    const ms = await timed(() => runReplay(id, clock, new AbortController().signal));
    const run = await getReplay(id);
    if (run?.state !== "done" || run.done === 0) throw new Error(`${what}: the run is ${run?.state}.`);
    const rate = Math.round((events / ms) * 1000).toLocaleString("en-GB");
    const read = run.done.toLocaleString("en-GB");
    report({
      name: `${what}: ${events} stored events, ${read} read (${rate} events/s)`,
      value: ms,
      unit: "ms",
    });
    return id;
  };
  const set = async (isOff: boolean) => {
    const words = isOff ? "switching a rule off" : "switching it on again";
    const previewId = await measure(`looking at ${words}`, async () =>
      given(await previewRuleChange(admin, RULE, { isOff, base: null }, clock())),
    );
    const { revision } = await getRuleSetting(RULE);
    const changing = { ruleId: RULE, previewId, revision, reason: "to measure it" };
    await measure(words, async () => given(await changeRule(admin, changing, clock())));
  };
  await measure("looking at detecting all anew", () => previewReplay(EVERYTHING, null, clock()));
  await measure("detecting all anew", async () => given(await startReplay(EVERYTHING, null, clock())));
  await set(true);
  await set(false);
};

async function importTrail(records: number): Promise<void> {
  await ensureUploadsFolder();
  const storedAs = randomUUID();
  const file = uploadPath(storedAs);
  await writeTrail(file, records, "lines");
  const byteSize = (await stat(file)).size;
  const delivery = { kind: "upload", name: "trail", storedAs, byteSize, takenAs: "auto" } as const;
  const id = await createImport({ ...delivery, createdBy: null });
  await runImport(id, clock, new AbortController().signal);
  await pool().query("vacuum analyze");
}

async function somebody(): Promise<{ id: string }> {
  const id = randomUUID();
  await pool().query(
    "insert into person (id, name, email, role, updated_at) values ($1, 'Bench', 'bench@example.com', 'admin', now())",
    [id],
  );
  return { id };
}

function given<Value>(outcome: Outcome<Value, string>): Value {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}
