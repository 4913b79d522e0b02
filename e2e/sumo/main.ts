import { parseArgs } from "node:util";
import { STAND_IN_KEY } from "./keys.ts";
import { startSumo } from "./server.ts";

/** The stand-in alone, empty, until it is stopped. */
const { values } = parseArgs({ options: { port: { type: "string" } } });
const sumo = await startSumo({ port: Number(values.port ?? 0) });
console.log(`Listening at ${sumo.url} for ${STAND_IN_KEY.accessId}:${STAND_IN_KEY.accessKey}`);
