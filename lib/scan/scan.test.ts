import fc from "fast-check";
import { expect, test } from "vitest";
import type { Match } from "#lib/detection/rule.ts";
import { RULES } from "#lib/detection/rules.ts";
import { sieveOf } from "#lib/detection/sieve.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";
import type { Platform } from "#lib/logs/normalize/event.ts";
import {
  azureRecord,
  cloudTrailRecord,
  gcpRecord,
  notificationRecord,
} from "#lib/logs/normalize/fixtures.ts";
import { Passing } from "#lib/logs/read/passing.ts";
import { openLog } from "#lib/logs/read/read.ts";
import { Scan } from "./scan.ts";

async function scan(content: string, passing?: Passing) {
  const findings: string[] = [];
  const found = new Scan({
    finding: (finding) => findings.push(JSON.stringify(finding)),
    rejection: () => {},
  });
  const source = (async function* () {
    yield Buffer.from(content);
  })();
  await found.add("a", await openLog(source, undefined, undefined, passing));
  return { findings, records: found.totals.records + (passing?.count ?? 0) };
}

/** Those that make a detection by their operation alone, of the clouds' own logs. */
const operations = RULES.filter(({ when }) => when === undefined).flatMap(({ match }) =>
  match.filter(isOfCloudLog).flatMap(({ platform, service, operation }) => {
    const named = Array.isArray(operation) ? operation : operation.contains;
    return named.map((name) => ({ platform, service: service?.[0], name }));
  }),
);

function isOfCloudLog({ logs }: Match): boolean {
  return logs.some((log) => log === "cloudtrail" || log === "azure-activity" || log === "gcp-audit");
}

const RECORDS_OF = {
  aws: (name: string, service: string | undefined) =>
    cloudTrailRecord({ eventName: name, eventSource: service ?? "ecr.amazonaws.com" }),
  azure: (name: string) => azureRecord({ operationName: name }),
  gcp: (name: string, service: string | undefined) =>
    gcpRecord({ methodName: name, ...(service && { serviceName: service }) }),
  container: () => notificationRecord(),
} as const satisfies Record<Platform, (name: string, service: string | undefined) => JsonObject>;

/** Records in and out of scope. */
const record: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constantFrom(...operations).map(({ platform, service, name }) => RECORDS_OF[platform](name, service)),
  fc
    .constantFrom("DescribeImages", "putimage", "PutImages")
    .map((eventName) => cloudTrailRecord({ eventName })),
  fc.constant(azureRecord({ operationName: "Microsoft.Compute/disks/write" })),
);

type Mutation = (record: JsonObject, dice: (below: number) => number) => string;
const shuffled: Mutation = (value, dice) =>
  JSON.stringify(Object.fromEntries(Object.entries(value).sort(() => dice(3) - 1)));
const spaced: Mutation = (value) => JSON.stringify(value, null, 1).replaceAll("\n", " ");
const escaped: Mutation = (value, dice) =>
  JSON.stringify(value).replace(/[A-Za-z]/g, (letter) =>
    dice(40) === 0 ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}` : letter,
  );
const slashed: Mutation = (value) => JSON.stringify(value).replaceAll("/", "\\/");
const otherCase: Mutation = (value, dice) => {
  const turned = (text: JsonValue | undefined) =>
    typeof text === "string"
      ? text.replace(/[a-z]/gi, (letter) => (dice(2) ? letter.toUpperCase() : letter.toLowerCase()))
      : text;
  return JSON.stringify(
    value.operationName ? { ...value, operationName: turned(value.operationName) } : value,
  );
};
const inText =
  (key: string): Mutation =>
  (value) =>
    JSON.stringify({ time: 1, [key]: JSON.stringify(value) });
const inTextTwice: Mutation = (value) => JSON.stringify({ log: JSON.stringify(JSON.stringify(value)) });
const inEventBridge: Mutation = (value) =>
  JSON.stringify({ "detail-type": "AWS API Call via CloudTrail", detail: value });
const inList: Mutation = (value) => JSON.stringify({ Records: [value, cloudTrailRecord(), value] });

const MUTATIONS: readonly Mutation[] = [
  (value) => JSON.stringify(value),
  ...[shuffled, spaced, escaped, slashed, otherCase, inEventBridge, inTextTwice, inList],
  ...["_raw", "message", "CloudTrailEvent"].map(inText),
];

const line = fc
  .tuple(record, fc.constantFrom(...MUTATIONS), fc.infiniteStream(fc.nat()))
  .map(([value, mutate, numbers]) => mutate(value, (below) => (numbers.next().value as number) % below));

test("the same detections are found whether or not all records are looked at", async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 6 }),
      fc.constantFrom<(lines: string[]) => string>(
        (lines) => lines.join("\n"),
        (lines) => `{"Records":[${lines.join(",")}]}`,
        (lines) => `[${lines.join(" , ")}]`,
      ),
      async (lines, shape) => {
        const content = shape(lines);
        const strict = await scan(content);
        found += strict.findings.length;
        expect(await scan(content, new Passing(sieveOf(RULES)))).toEqual(strict);
      },
    ),
    { numRuns: 200 },
  );
  expect(found).toBeGreaterThan(200);
});
