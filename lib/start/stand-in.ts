import path from "node:path";
import { z } from "zod";
import type { Env } from "#lib/env.ts";
import { type Outcome, success } from "#lib/outcome.ts";
import type { ChildPlan } from "./child.ts";
import { type KeptChild, keepRunning } from "./keep-running.ts";

/** What a stand-in for Sumo Logic says of itself: where it is, its only key, and what it holds. */
export const standInSchema = z.object({
  url: z.url(),
  accessId: z.string(),
  accessKey: z.string(),
  categories: z.object({ aws: z.array(z.string()), azure: z.array(z.string()) }),
});
export type StandInAccess = z.infer<typeof standInSchema>;

type StandIn = { child: KeptChild; access: StandInAccess };

/** Beside the web server's, so that a connection that was made at an earlier start still finds it. */
const PORT_DISTANCE = 1010;

/** Starts a Sumo Logic of our own making, for a demonstration: nothing of `npm start`. */
export async function startStandIn(
  env: Env,
  complain: (sentence: string) => void,
): Promise<Outcome<StandIn, string>> {
  const plan: ChildPlan = {
    name: "stand-in for Sumo Logic",
    entry: "../../e2e/sumo/main.ts",
    args: ["--demo", "--port", String(portOf(env))],
    variables: {},
    logFile: path.join(env.dataFolder, "logs", "sumo.log"),
  };
  const child = keepRunning(plan, complain);
  const said = await child.firstMessage;
  if (!said.ok) {
    await child.stop(0);
    return said;
  }
  const access = standInSchema.parse(said.value);
  // One that is started again must be where its connection looks for it.
  plan.args = ["--demo", "--port", new URL(access.url).port];
  return success({ child, access });
}

function portOf({ port }: Env): number {
  return port === 0 || port + PORT_DISTANCE > 65_535 ? 0 : port + PORT_DISTANCE;
}
