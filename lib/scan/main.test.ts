import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "scan-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What the command says of a file, beside its table, and its exit code. */
async function scan(content: string, variables: Record<string, string>) {
  const file = path.join(folder, "log");
  await writeFile(file, content);
  return await new Promise<{ said: string[]; code: number }>((resolve) => {
    const child = execFile(
      process.execPath,
      ["lib/scan/main.ts", "--json", "--strict", file],
      { env: { NODE_ENV: "test", PATH: "", ...variables } },
      (_error, _stdout, stderr) => {
        const said = stderr.replaceAll(`${file}: `, "").split("\n").slice(0, -1);
        resolve({ said, code: child.exitCode ?? -1 });
      },
    );
  });
}

test("reads within the limits of the environment", async () => {
  const long = JSON.stringify({ eventName: "CreateImage", text: "a".repeat(70_000) });
  const { said, code } = await scan(long, { BARNACLE_MAX_RECORD_BYTES: "65536" });
  expect(said[0]).toMatch(/longer than a record may be\. 70\d+ bytes; a record may have 65536$/);
  expect(code).toBe(1);
});

test("tells of very many rejected records how many there are of which kind", async () => {
  const { said } = await scan(`{"a":1}\n${"rubbish\n".repeat(25)}{"a":1}\n7\n`, {});
  expect(said.slice(20)).toEqual([
    "and 6 more rejected: This is not valid JSON.",
    "and 1 more rejected: This is no log that Barnacle knows.",
    "and 1 more rejected: A record must be a JSON object.",
    "1 files, 28 records, 0 detections, 28 rejected, 0 duplicates, 0 not examined",
  ]);
});
