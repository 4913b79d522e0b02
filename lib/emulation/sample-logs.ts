import { gzipSync } from "node:zlib";
import { PRODUCTION } from "./callers.ts";
import { CloudTrailLog } from "./cloudtrail-log.ts";
import { Random } from "./random.ts";
import { azureSample } from "./sample/azure.ts";
import { addImplants } from "./sample/implants.ts";
import { addRoutine } from "./sample/routine.ts";

const SEED = 1525;

/** The sample logs: invented, three weeks long, ending at `end` so that the queue has something fresh. */
export function sampleLogs(end: Date): { name: string; content: Buffer }[] {
  const random = new Random(SEED);
  const log = new CloudTrailLog(random, end);
  addRoutine(log);
  addImplants(log);
  const cloudTrail = JSON.stringify({ Records: log.records() });
  return [
    { name: `${PRODUCTION}_CloudTrail_eu-west-1.json.gz`, content: gzipSync(cloudTrail) },
    { name: "azure-activity-insights.jsonl", content: Buffer.from(azureSample(random, end)) },
  ];
}
