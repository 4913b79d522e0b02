import { expect, test } from "vitest";
import { openLog } from "#lib/logs/read/read.ts";
import { Scan } from "#lib/scan/scan.ts";
import { sampleLogs } from "./sample-logs.ts";

const END = new Date("2026-03-04T12:00:00Z");

test("the sample logs are the same each time, and hold what a demonstration needs", async () => {
  const logs = sampleLogs(END);
  expect(sampleLogs(END)).toEqual(logs);
  const findings: { rule: string; outcome: string; time: string }[] = [];
  const scan = new Scan({ finding: (finding) => findings.push(finding), rejection: () => {} });
  for (const { name, content } of logs) {
    const pieces = (async function* () {
      yield content;
    })();
    await scan.add(name, await openLog(pieces));
  }
  expect(scan.totals).toMatchObject({ files: 2, rejected: 3, duplicates: 0 });
  expect(scan.totals.records).toBeGreaterThan(2000);
  expect([...new Set(findings.map(({ rule }) => rule))]).toEqual(
    expect.arrayContaining([
      "acr-push",
      "aws-machine-image",
      "azure-image-delete",
      "azure-managed-image",
      "ecr-push",
    ]),
  );
  expect(new Set(findings.map(({ outcome }) => outcome))).toEqual(new Set(["success", "failure", "unknown"]));
  expect(findings.every(({ time }) => new Date(time) <= END)).toBe(true);
});
