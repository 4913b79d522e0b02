import { parseArgs } from "node:util";
import { type Env, env } from "#lib/env.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { supervise } from "./supervise.ts";

type Options = { env: Env; isDev: boolean; withSamples: boolean; withSumo: boolean };

// A reader that goes away (`npm start | head -1`) must not take the application with it.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupt.abort());
process.on("disconnect", () => interrupt.abort());

let isBroken = false;
process.on("uncaughtException", (error) => {
  console.error(error);
  isBroken = true;
  interrupt.abort();
});

const options = readOptions();
let exitCode = 1;
if (options.ok) {
  exitCode = await supervise({
    ...options.value,
    signal: interrupt.signal,
    say: (line) => console.log(line),
    complain: (sentence) => console.error(sentence),
  });
} else {
  console.error(options.reason);
}
process.exit(isBroken ? 1 : exitCode);

function readOptions(): Outcome<Options, string> {
  try {
    const { values } = parseArgs({
      options: { samples: { type: "boolean" }, sumo: { type: "boolean" }, dev: { type: "boolean" } },
    });
    const { dev = false, samples = false, sumo = false } = values;
    return success({ env: env(), isDev: dev, withSamples: samples, withSumo: sumo });
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}
