import path from "node:path";
import { openFolder, refuseForDisk } from "#lib/db/embedded/folder.ts";
import { limitLog } from "#lib/db/embedded/log-file.ts";
import { migrate } from "#lib/db/migrate.ts";
import type { Env } from "#lib/env.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { findSealingKeys } from "#lib/sumo/key-file.ts";
import { checkPort, publicUrl } from "./address.ts";
import { type Database, externalDatabase, keepEmbeddedDatabase } from "./database.ts";
import { type KeptChild, keepRunning } from "./keep-running.ts";
import { type PartPlans, planParts } from "./parts.ts";
import { ensureSecret } from "./secret.ts";
import { takeFirstSteps, waitForWeb } from "./settle.ts";
import { startStandIn } from "./stand-in.ts";

export type Supervision = {
  env: Env;
  isDev: boolean;
  withSamples: boolean;
  /** With a stand-in for Sumo Logic, and a connection to it. */
  withSumo: boolean;
  /** Ends the run, in good order. */
  signal: AbortSignal;
  /** Told once, when people can come in: the line with the address. */
  say(line: string): void;
  /** Told in a sentence what goes wrong. */
  complain(sentence: string): void;
};

type Running = { database: Database | undefined; children: { child: KeptChild; graceMs: number }[] };

const STAND_IN_GRACE_MS = 2000;
const WEB_GRACE_MS = 8_000;
const WORKER_GRACE_MS = 25_000;
const LOG_CHECK_MS = 10 * 60_000;

/** Runs Barnacle with all its parts until the signal comes. Gives the exit code; nothing is left running then. */
export async function supervise(run: Supervision): Promise<number> {
  const running: Running = { database: undefined, children: [] };
  const lost = Promise.withResolvers<string>();
  try {
    const started = await startAll(run, running, lost.resolve);
    if (run.signal.aborted) return 0;
    if (started.ok) run.say(started.value);
    const sentence = started.ok
      ? await Promise.race([lost.promise, untilAborted(run.signal)])
      : started.reason;
    if (sentence === undefined) return 0;
    run.complain(sentence);
    return 1;
  } catch (error) {
    run.complain(refuseForDisk(error, run.env.dataFolder).reason.sentence);
    return 1;
  } finally {
    await stopAll(running);
  }
}

/** Each step needs those before it. Gives the line for people. */
async function startAll(
  run: Supervision,
  running: Running,
  onLost: (sentence: string) => void,
): Promise<Outcome<string, string>> {
  const { env, signal } = run;
  const folder = await openFolder(env.dataFolder);
  if (!folder.ok) return failure(folder.reason.sentence);
  const free = await checkPort(env.host, env.port);
  if (!free.ok) return free;
  const secret = env.secret === undefined ? await ensureSecret(folder.value) : success(env.secret);
  if (!secret.ok) return secret;
  const keys = await findSealingKeys(env.keys, folder.value);
  if (!keys.ok) return keys;

  const database = await openDatabase(run, onLost);
  if (!database.ok) return database;
  running.database = database.value;
  const { connectionString } = database.value;
  const migrated = signal.aborted ? success() : await migrate(connectionString);
  if (!migrated.ok) return failure(migrated.reason.sentence);
  if (signal.aborted) return failure("The start was interrupted.");

  const standIn = run.withSumo ? await startStandIn(env, run.complain) : success();
  if (!standIn.ok) return standIn;
  if (standIn.value) running.children.push({ child: standIn.value.child, graceMs: STAND_IN_GRACE_MS });
  const plans = planParts({
    ...run,
    connectionString,
    secret: secret.value,
    keys: keys.value.text,
    standIn: standIn.value?.access,
  });
  return startParts(run, running, plans);
}

async function openDatabase(
  { env, signal, complain }: Supervision,
  onLost: (sentence: string) => void,
): Promise<Outcome<Database, string>> {
  if (env.databaseUrl) return success(externalDatabase(env.databaseUrl));
  return keepEmbeddedDatabase({ dataFolder: env.dataFolder, signal, complain, onLost });
}

async function startParts(
  run: Supervision,
  running: Running,
  plans: PartPlans,
): Promise<Outcome<string, string>> {
  const { env, signal, complain } = run;
  const worker = keepRunning(plans.worker, complain);
  const web = keepRunning(plans.web, complain);
  running.children.push({ child: worker, graceMs: WORKER_GRACE_MS }, { child: web, graceMs: WEB_GRACE_MS });
  keepLogsSmall(path.join(env.dataFolder, "logs"));

  const port = await waitForWeb(web, plans.web, { host: env.host, signal });
  if (!port.ok) return port;
  // A web server that is started again must be where people know it to be.
  Object.assign(plans.web.variables, { PORT: String(port.value) });
  const steps = await takeFirstSteps(plans.firstSteps);
  if (!steps.ok) return steps;

  const url = publicUrl(env, port.value);
  const invitation = steps.value === null ? "" : ` - make the first admin at ${url}/welcome/${steps.value}`;
  return success(`Barnacle is running at ${url}${invitation}`);
}

function keepLogsSmall(folder: string): void {
  const files = ["web.log", "worker.log", "postgres.log", "sumo.log"].map((name) => path.join(folder, name));
  setInterval(() => files.forEach(limitLog), LOG_CHECK_MS).unref();
}

/** PostgreSQL last: the others still write to it while they stop. */
async function stopAll({ database, children }: Running): Promise<void> {
  await Promise.all([database?.announceStop(), ...children.map(({ child, graceMs }) => child.stop(graceMs))]);
  await database?.stop();
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined));
  });
}
