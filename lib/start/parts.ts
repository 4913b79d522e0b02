import path from "node:path";
import type { Env } from "#lib/env.ts";
import type { ChildPlan } from "./child.ts";
import type { StandInAccess } from "./stand-in.ts";

export type PartPlans = { web: ChildPlan; worker: ChildPlan; firstSteps: ChildPlan };

type Setting = {
  env: Env;
  isDev: boolean;
  withSamples: boolean;
  connectionString: string;
  secret: string;
  keys: string;
  /** For a stand-in for Sumo Logic, to which a connection is made. */
  standIn: StandInAccess | undefined;
};

/** The processes that the application consists of, and what each is given. */
export function planParts(setting: Setting): PartPlans {
  const { env, isDev, withSamples, connectionString, secret, keys, standIn } = setting;
  const sumoUrls = standIn ? [...env.sumoUrls, new URL(standIn.url).origin] : env.sumoUrls;
  const variables = {
    DATABASE_URL: connectionString,
    BARNACLE_SECRET: secret,
    BARNACLE_KEYS: keys,
    BARNACLE_DATA: env.dataFolder,
    NODE_ENV: isDev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    BARNACLE_SUMO_URLS: sumoUrls.join(","),
  };
  // A developer wants to see what happens; others want a quiet console.
  const logFile = (name: string) => (isDev ? undefined : path.join(env.dataFolder, "logs", name));
  return {
    web: {
      name: "web server",
      entry: "web.ts",
      args: isDev ? ["--dev"] : [],
      variables: { ...variables },
      logFile: logFile("web.log"),
    },
    worker: {
      name: "worker",
      entry: "worker.ts",
      variables: { ...variables },
      logFile: logFile("worker.log"),
    },
    firstSteps: {
      name: "first step",
      entry: "first-steps.ts",
      args: [...(withSamples ? ["--samples"] : []), ...(standIn ? ["--sumo", JSON.stringify(standIn)] : [])],
      variables: { ...variables },
      logFile: logFile("worker.log"),
    },
  };
}
