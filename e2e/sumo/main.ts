import { parseArgs } from "node:util";
import { DEMO_CATEGORIES, messagesOfMinute } from "./demo-messages.ts";
import { STAND_IN_KEY } from "./keys.ts";
import { type Sumo, startSumo } from "./server.ts";

/**
 * The stand-in by itself, until it is stopped: `node e2e/sumo/main.ts [--port N] [--demo]`. It is empty, or with `--demo`
 * an organisation's of the last days, to whose messages each minute adds some.
 */
const MINUTE_MS = 60_000;
const MINUTES_KEPT = 3 * 24 * 60;

const { values } = parseArgs({ options: { port: { type: "string" }, demo: { type: "boolean" } } });
const sumo = await startSumo({ port: Number(values.port ?? 0) });
if (values.demo) keepFilled(sumo);
console.log(`Listening at ${sumo.url} for ${STAND_IN_KEY.accessId}:${STAND_IN_KEY.accessKey}`);
const { accessId, accessKey } = STAND_IN_KEY;
process.send?.({ url: sumo.url, accessId, accessKey, categories: DEMO_CATEGORIES });
process.on("disconnect", () => process.exit(0));

function keepFilled({ load }: Sumo): void {
  let next = minuteNow() - MINUTES_KEPT;
  const fill = () => {
    const minutes = Array.from({ length: Math.max(0, minuteNow() - next) }, (_, at) => next + at);
    if (minutes.length > 0) load(minutes.flatMap(messagesOfMinute));
    next += minutes.length;
  };
  fill();
  setInterval(fill, 1000);
}

/** The one that has not ended yet. */
function minuteNow(): number {
  return Math.floor(Date.now() / MINUTE_MS);
}
