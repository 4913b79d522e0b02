import path from "node:path";
import type { Env } from "#lib/env.ts";
import type { ChildPlan } from "./child.ts";

export type PartPlans = { web: ChildPlan; worker: ChildPlan; firstSteps: ChildPlan };

type Setting = { env: Env; isDev: boolean; connectionString: string; secret: string };

/** The processes that the application consists of, and what each is given. */
export function planParts({ env, isDev, connectionString, secret }: Setting): PartPlans {
  const variables = {
    DATABASE_URL: connectionString,
    BARNACLE_SECRET: secret,
    BARNACLE_DATA: env.dataFolder,
    NODE_ENV: isDev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
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
      variables: { ...variables },
      logFile: logFile("worker.log"),
    },
  };
}
