import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Claim, claimFolder } from "#lib/db/embedded/claim.ts";
import { type EmbeddedServer, startEmbedded } from "#lib/db/embedded/server.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { pauseMs } from "./keep-running.ts";

/** The database for as long as the supervisor runs. */
export type Database = {
  connectionString: string;
  /** Tells the next start, should there be one already, that we are about to stop. */
  announceStop(): Promise<void>;
  stop(): Promise<void>;
};

export type EmbeddedPlan = {
  dataFolder: string;
  signal: AbortSignal;
  complain(sentence: string): void;
  /** The database is gone for good: another supervisor has taken it over. */
  onLost(sentence: string): void;
};

type Claimed = { server: EmbeddedServer; claim: Claim };
type NotStarted = { isTakenOver: boolean; sentence: string };

const ENDING_PATIENCE_MS = 90_000;

/** Somebody else's server, which they start and stop. */
export function externalDatabase(connectionString: string): Database {
  return { connectionString, announceStop: async () => {}, stop: async () => {} };
}

/** Starts the embedded database, and starts it again, at the same port, whenever it ends by itself. */
export async function keepEmbeddedDatabase(plan: EmbeddedPlan): Promise<Outcome<Database, string>> {
  const started = await startClaimed(plan, undefined);
  if (!started.ok) return failure(started.reason.sentence);
  let current = started.value;
  let restart: Promise<void> | undefined;
  const stopping = new AbortController();

  const watch = () =>
    current.server.onExit(() => {
      if (!stopping.signal.aborted) restart = startAgain();
    });
  const startAgain = async () => {
    for (let failures = 1; !stopping.signal.aborted; failures++) {
      plan.complain(
        `The database ended by itself and is started again in ${pauseMs(failures) / 1000} s. ` +
          `See ${path.join(plan.dataFolder, "logs", "postgres.log")}.`,
      );
      await sleep(pauseMs(failures), undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      const again = await startClaimed({ ...plan, signal: stopping.signal }, current.server.port);
      if (again.ok) {
        current = again.value;
        watch();
        return;
      }
      if (again.reason.isTakenOver) return plan.onLost(again.reason.sentence);
      plan.complain(again.reason.sentence);
    }
  };
  watch();

  return success({
    connectionString: current.server.connectionString,
    announceStop: () => current.claim.announceStop(),
    stop: async () => {
      stopping.abort();
      await restart;
      await current.server.stop();
    },
  });
}

/** Starts or adopts the server and claims its folder; waits for another supervisor that is about to stop. */
async function startClaimed(
  { dataFolder, signal, complain }: EmbeddedPlan,
  port: number | undefined,
): Promise<Outcome<Claimed, NotStarted>> {
  const until = Date.now() + ENDING_PATIENCE_MS;
  let isTold = false;
  while (Date.now() < until && !signal.aborted) {
    const started = await startEmbedded({
      dataFolder,
      signal,
      onWait: complain,
      ...(port === undefined ? {} : { port }),
    });
    if (!started.ok) return failure({ isTakenOver: false, sentence: started.reason.sentence });

    const claimed = await claimFolder(started.value.connectionString);
    if (claimed.ok) return success({ server: started.value, claim: claimed.value });
    if (claimed.reason === "held") {
      return failure({
        isTakenOver: true,
        sentence: `Barnacle is already running from this folder: ${dataFolder}.`,
      });
    }
    if (!isTold) complain("Waiting for the Barnacle that is about to stop in this folder…");
    isTold = true;
    await sleep(500);
  }
  return failure({
    isTakenOver: false,
    sentence: `Another Barnacle does not finish stopping in ${dataFolder}.`,
  });
}
