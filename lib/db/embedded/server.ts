import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Outcome, success } from "#lib/outcome.ts";
import { dataDirectory, ensureCluster, type Passwords } from "./cluster.ts";
import { ensureDatabase } from "./database.ts";
import { type EmbeddedFailure, refuse } from "./failure.ts";
import { checkSpace, openFolder, refuseForDisk } from "./folder.ts";
import { adoptServer, findFreePort, launchServer, type ServerProcess, stopServer } from "./launch.ts";
import { lastLines } from "./log-file.ts";
import { findPlace, notePlace, type Place } from "./place.ts";
import { findPostmaster, readPidFile } from "./postmaster.ts";

export type EmbeddedOptions = {
  /** Absolute path. Made when it is missing. */
  dataFolder: string;
  /** Absent: any free port. A server that is started again keeps its port, so that its clients find it. */
  port?: number;
  /** Ends the wait for a server that recovers from a crash; what was started is stopped again. */
  signal?: AbortSignal;
  /** Told in a sentence when a start takes unusually long. */
  onWait?(sentence: string): void;
};

export type EmbeddedServer = {
  /** Of the database `barnacle`, as its owner, who is no superuser but may make databases. */
  connectionString: string;
  port: number;
  pid: number;
  /** True: an earlier start left it running. */
  adopted: boolean;
  /** The folder that holds the cluster. With the data folder it is all there is. */
  home: string;
  /** Called once when the server has ended, by `stop` or by itself. */
  onExit(listener: () => void): void;
  /** Returns when no process of the server is left. */
  stop(): Promise<void>;
};

type Prepared = { place: Place; passwords: Passwords; logFile: string };
type Attempt = { server: ServerProcess; port: number; adopted: boolean };

const MAX_ATTEMPTS = 20;
const SLOW_START_MS = 5_000;
/** Another start won the race for folder or port, or processes of a killed server are still ending. */
const WORTH_RETRYING =
  /lock file .* already exists|could not bind|Address already in use|shared memory block/;

/**
 * Starts the PostgreSQL that lives in `dataFolder`, making its database on first use, or takes over the one that is
 * running there. It listens on 127.0.0.1 only, and goes on running when our process is killed.
 */
export async function startEmbedded(
  options: EmbeddedOptions,
): Promise<Outcome<EmbeddedServer, EmbeddedFailure>> {
  const opened = await openFolder(options.dataFolder);
  if (!opened.ok) return opened;
  try {
    const prepared = await prepareDatabase(opened.value);
    return prepared.ok ? await run(prepared.value, options) : prepared;
  } catch (error) {
    return refuseForDisk(error, opened.value);
  }
}

async function prepareDatabase(dataFolder: string): Promise<Outcome<Prepared, EmbeddedFailure>> {
  for (;;) {
    const place = await findPlace(dataFolder);
    if (!place.ok) return place;
    for (const folder of [dataFolder, path.dirname(place.value.home)]) {
      const space = await checkSpace(folder);
      if (!space.ok) return space;
    }
    const passwords = await ensureCluster(place.value);
    if (!passwords.ok) return passwords;
    if (await notePlace(dataFolder, place.value.home)) {
      const logFile = path.join(dataFolder, "logs", "postgres.log");
      return success({ place: place.value, passwords: passwords.value, logFile });
    }
    await rm(place.value.home, { recursive: true, force: true });
  }
}

async function run(
  prepared: Prepared,
  options: EmbeddedOptions,
): Promise<Outcome<EmbeddedServer, EmbeddedFailure>> {
  const launched: ServerProcess[] = [];
  const outcome = await tryToRun(prepared, options, launched);
  if (!outcome.ok) await Promise.all(launched.map(stopServer));
  return outcome;
}

/** Tries again when another start, or a stop that is going on, came in between. */
async function tryToRun(
  prepared: Prepared,
  options: EmbeddedOptions,
  launched: ServerProcess[],
): Promise<Outcome<EmbeddedServer, EmbeddedFailure>> {
  for (let count = 0; count < MAX_ATTEMPTS; count++) {
    const attempt = await adoptOrLaunch(prepared, options.port);
    if (!attempt.adopted) launched.push(attempt.server);
    const isReady = await waitUntilReady(attempt, dataDirectory(prepared.place), options);
    if (options.signal?.aborted) return refuse("interrupted", "The start was interrupted.");
    const outcome = isReady ? await signIn(attempt, prepared) : await explainEnd(attempt, prepared);
    if (outcome) return outcome;
    await sleep(250);
  }
  return refuse(
    "not-started",
    `PostgreSQL does not stay up in ${prepared.place.home}: see ${prepared.logFile}.`,
  );
}

/** Undefined when the server has gone meanwhile. */
async function signIn(
  attempt: Attempt,
  { place, passwords }: Prepared,
): Promise<Outcome<EmbeddedServer, EmbeddedFailure> | undefined> {
  const database = await ensureDatabase(attempt.port, passwords, dataDirectory(place));
  if (!database.ok) return database;
  return database.value === "ready" ? success(describe(attempt, passwords, place)) : undefined;
}

/** Undefined when the end of a server is no reason to give up. */
async function explainEnd(
  attempt: Attempt,
  { place }: Prepared,
): Promise<Outcome<never, EmbeddedFailure> | undefined> {
  if (attempt.server.log === undefined) return undefined;
  const { file, fromByte } = attempt.server.log;
  const complaint = (await lastLines(file, 6, fromByte)).join(" | ");
  if (WORTH_RETRYING.test(complaint)) return undefined;
  if (complaint.includes("No space left on device")) {
    return refuse("no-space", `There is no space left for the database in ${place.home}.`);
  }
  return refuse("not-started", `PostgreSQL did not start in ${place.home}. ${file} says: ${complaint}`);
}

async function adoptOrLaunch({ place, logFile }: Prepared, wantedPort: number | undefined): Promise<Attempt> {
  const directory = dataDirectory(place);
  const found = await findPostmaster(directory);
  if (found) return { server: adoptServer(found, directory), port: found.port, adopted: true };
  const port = wantedPort ?? (await findFreePort());
  return { server: launchServer(place, port, logFile), port, adopted: false };
}

/** False when the server ended first. Recovery after a crash may take minutes: while it lives it is waited for. */
async function waitUntilReady(
  attempt: Attempt,
  directory: string,
  options: EmbeddedOptions,
): Promise<boolean> {
  const begun = Date.now();
  let wasTold = false;
  while (await attempt.server.isAlive()) {
    const noted = await readPidFile(directory);
    if (noted?.pid === attempt.server.pid && noted.ready) return true;
    if (options.signal?.aborted) return false;
    if (!wasTold && Date.now() - begun > SLOW_START_MS) {
      options.onWait?.("PostgreSQL is still starting or stopping; after a crash this can take minutes.");
      wasTold = true;
    }
    await sleep(50);
  }
  return false;
}

function describe({ server, port, adopted }: Attempt, passwords: Passwords, place: Place): EmbeddedServer {
  let stopping: Promise<void> | undefined;
  return {
    connectionString: `postgresql://barnacle:${passwords.application}@127.0.0.1:${port}/barnacle`,
    port,
    pid: server.pid,
    adopted,
    home: place.home,
    onExit: (listener) => server.onExit(listener),
    stop: () => {
      stopping ??= stopServer(server);
      return stopping;
    },
  };
}
