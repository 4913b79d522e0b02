import { once } from "node:events";
import { createServer } from "node:http";
import type { FaultName, FaultPlan, Operation } from "./faults.ts";
import type { JobRules } from "./job.ts";
import type { JobCounts } from "./jobs.ts";
import type { Key, NextKey } from "./keys.ts";
import type { LoadedMessage } from "./message.ts";
import { Organisation } from "./organisation.ts";
import type { Limits } from "./pace.ts";
import type { RefusalForm } from "./refusal.ts";

export type SumoOptions = Partial<JobRules> & {
  /** 0, or absent: a free one. */
  port?: number;
  keys?: readonly Key[];
  /** Absent ones are Sumo's: 4 requests a second, 10 at a time, 200 jobs. */
  limits?: Partial<Limits>;
  /** A job that nobody asks for so long is gone. */
  idleMs?: number;
  /** A page holds no more, as far as one row allows. */
  maxPageBytes?: number;
  /** Whether a job is unknown to who does not send back the cookies of its creation; true when absent. */
  needsCookies?: boolean;
  /** Told with each 429. Whether Sumo does is not known. */
  retryAfterSeconds?: number;
  refusalForm?: RefusalForm;
  seed?: number;
  /** For jobs, and for what is searchable yet. The pace of requests goes by the real clock. */
  now?: () => number;
};

export type SumoStats = {
  requests: Record<Operation, number>;
  mostInASecond: number;
  mostAtATime: number;
  /** Answered 429 because too much was asked. */
  rateLimited: number;
  jobs: JobCounts;
  /** Creates that said the same as one less than two seconds before. */
  createsRepeated: number;
  faults: Record<FaultName, number>;
};

export type Sumo = {
  /** Ends in `/api/`, as those of Sumo's deployments do. */
  url: string;
  load(messages: Iterable<LoadedMessage>): void;
  /** In place of all faults planned before. */
  faults(plan: FaultPlan): void;
  /** At once, or from the request on that comes after so many more, only the next key opens. */
  rotate(accessId: string, next: NextKey, afterRequests?: number): void;
  stats(): SumoStats;
  stop(): Promise<void>;
};

/** A Sumo Logic of our own on 127.0.0.1: its Search Job API as documented, strict where it is strict. */
export async function startSumo(options: SumoOptions = {}): Promise<Sumo> {
  const organisation = new Organisation(options);
  const server = createServer((request, response) => void organisation.answer(request, response));
  server.keepAliveTimeout = 65_000;
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The stand-in has no port.");
  organisation.origin = `http://127.0.0.1:${address.port}`;
  return {
    url: `${organisation.origin}/api/`,
    load: (messages) => organisation.load(messages),
    faults: (plan) => organisation.faults.plan(plan),
    rotate: (accessId, next, afterRequests) => organisation.rotate(accessId, next, afterRequests),
    stats: () => organisation.stats(),
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
