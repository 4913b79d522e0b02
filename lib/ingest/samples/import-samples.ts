import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { sampleLogs } from "#lib/emulation/sample-logs.ts";
import { createImport } from "../commands.ts";
import { countImports } from "../queries.ts";
import { ensureUploadsFolder, uploadPath } from "../uploads.ts";

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
