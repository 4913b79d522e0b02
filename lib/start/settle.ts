import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { ownUrl } from "./address.ts";
import { type ChildPlan, launch, onEnd } from "./child.ts";
import { type KeptChild, seeLog } from "./keep-running.ts";

const HEALTHY_PATIENCE_MS = 90_000;

const webMessage = z.union([z.object({ port: z.number() }), z.object({ refused: z.string() })]);
const firstStepsMessage = z.object({ token: z.string().nullable() });

/** Waits until the web server answers, and gives the port at which it does. */
export async function waitForWeb(
  web: KeptChild,
  plan: ChildPlan,
  { host, signal }: { host: string; signal: AbortSignal },
): Promise<Outcome<number, string>> {
  const said = await web.firstMessage;
  if (!said.ok) return said;
  const message = webMessage.parse(said.value);
  if ("refused" in message) return failure(message.refused);

  const until = Date.now() + HEALTHY_PATIENCE_MS;
  let status: number | undefined;
  while (!signal.aborted && Date.now() < until) {
    status = await askHealth(ownUrl(host, message.port));
    if (status !== undefined && status < 500) return success(message.port);
    await sleep(200);
  }
  const seen = status === undefined ? "does not answer" : `answers with HTTP status ${status}`;
  return failure(`The web server ${seen}.${seeLog(plan)}`);
}

/** Runs what is done once at each start. Gives the token of the link for the first admin, if there is to be one. */
export function takeFirstSteps(plan: ChildPlan): Promise<Outcome<string | null, string>> {
  return new Promise((resolve) => {
    const child = launch(plan);
    let said: unknown;
    child.on("message", (message) => {
      said = message;
    });
    onEnd(child, (how) => {
      const message = firstStepsMessage.safeParse(said);
      resolve(
        message.success
          ? success(message.data.token)
          : failure(`The ${plan.name} failed (${how}).${seeLog(plan)}`),
      );
    });
  });
}

async function askHealth(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(`${url}/healthz`, {
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
