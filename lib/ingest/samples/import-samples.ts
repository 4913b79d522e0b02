import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { createImport } from "../commands.ts";
import { countImports } from "../queries.ts";
import { ensureUploadsFolder, uploadPath } from "../uploads.ts";
import { azureSample } from "./azure.ts";
import { PRODUCTION } from "./callers.ts";
import { CloudTrailLog } from "./cloudtrail-log.ts";
import { addImplants } from "./implants.ts";
import { Random } from "./random.ts";
import { addRoutine } from "./routine.ts";

const SEED = 1525;

/** The sample logs: invented, two weeks long, ending at `end` so that the queue has something fresh. */
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

/** Imports the bundled sample logs, if the store holds no import yet. Returns how many files were queued. */
export async function importSamples(now: Date): Promise<number> {
  if ((await countImports()) > 0) return 0;
  await ensureUploadsFolder();
  const logs = sampleLogs(now);
  for (const { name, content } of logs) {
    const storedAs = randomUUID();
    await writeFile(uploadPath(storedAs), content, { mode: 0o600 });
    await createImport({
      kind: "sample",
      name,
      storedAs,
      byteSize: content.length,
      takenAs: "auto",
      createdBy: null,
    });
  }
  return logs.length;
}
