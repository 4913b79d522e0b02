import { describe, expect, test } from "vitest";
import { RULES } from "#lib/detection/rules.ts";
import type { LogSource } from "#lib/logs/normalize/event.ts";
import { sumoSearchUrl } from "./deep-link.ts";
import { apiUrlOf, DEPLOYMENT_CODES, DEPLOYMENTS, parseApiUrl, uiUrlOf } from "./deployment.ts";
import {
  connectionQuery,
  countQuery,
  PROFILES,
  QUERY_FAULTS,
  type QuerySettings,
  queryForNames,
} from "./query.ts";

const SETTINGS: QuerySettings = {
  categories: { aws: ["aws/cloudtrail"], azure: ["azure/activity"] },
  profile: "images",
  ownQuery: null,
};

function queryOf(settings: Partial<QuerySettings>): string {
  const query = connectionQuery({ ...SETTINGS, ...settings });
  if (!query.ok) throw new Error(query.reason);
  return query.value;
}

function faultOf(settings: Partial<QuerySettings>): string {
  const query = connectionQuery({ ...SETTINGS, ...settings });
  return query.ok ? "none" : query.reason;
}

describe("a connection's query", () => {
  test("asks each platform's categories for that platform's operations", () => {
    const query = queryOf({
      categories: { aws: ["aws/cloudtrail", "Labs/AWS/*"], azure: ["azure/activity"] },
    });
    expect(query).toMatch(
      /^\(\(_sourceCategory=aws\/cloudtrail OR _sourceCategory=Labs\/AWS\/\*\) \(CreateImage OR /,
    );
    expect(query).toContain('\nOR (_sourceCategory=azure/activity (("microsoft.compute" (images OR ');
  });

  test("of one platform names none of the other", () => {
    expect(queryOf({ categories: { aws: ["a"], azure: [] } })).not.toContain("microsoft");
    expect(queryOf({ categories: { aws: [], azure: ["a"] } })).not.toContain("CreateImage");
  });

  test.for(PROFILES.filter((profile) => profile !== "own"))("of %s holds all of the seed's", (profile) => {
    const query = queryOf({ profile });
    for (const word of [
      "CreateImage",
      "ModifyImageAttribute",
      "CompleteLayerUpload",
      '"microsoft.compute"',
    ]) {
      expect(query).toContain(word);
    }
    expect(query).toContain('"microsoft.containerregistry"');
  });

  test("drops nothing in Sumo, but for the seed's", () => {
    expect(queryOf({ profile: "images" })).not.toContain("|");
    expect(queryOf({ profile: "images-and-context" })).not.toContain("|");
    expect(queryOf({ profile: "images-and-context" })).toContain("GetAuthorizationToken");
  });

  test("of the seed is valid: no eval, table or _time, and what cannot be read there passes", () => {
    const query = queryOf({ profile: "seed" });
    expect(query).not.toMatch(/\b(eval|table)\b|_time\b|==/);
    expect(query).toMatch(/\| where isBlank\(EventOp\)\n/);
    expect(query.match(/json field=_raw .*/g)?.every((stage) => stage.endsWith("nodrop"))).toBe(true);
  });

  test("of one's own is taken as it is", () => {
    const ownQuery = '_sourceCategory=x "a | b" // all';
    expect(queryOf({ profile: "own", ownQuery: ` ${ownQuery}\n` })).toBe(ownQuery);
    expect(countQuery(ownQuery)).toBe(`${ownQuery}\n| count`);
  });

  test.for([
    ["no category", { categories: { aws: [" "], azure: [] } }, "no-category"],
    ["a category that ends its quotes", { categories: { aws: ['a" OR *'], azure: [] } }, "bad-category"],
    ["a category with a pipe", { categories: { aws: ["a | count"], azure: [] } }, "bad-category"],
    ["a category of two lines", { categories: { aws: [], azure: ["a\nb"] } }, "bad-category"],
    ["a star in quotes", { categories: { aws: ["prod logs/*"], azure: [] } }, "bad-category"],
    ["no query", { profile: "own", ownQuery: " \n" }, "no-query"],
    ["a quote that is not closed", { profile: "own", ownQuery: 'a "b' }, "bad-query"],
    ["a NUL", { profile: "own", ownQuery: "a\0b" }, "bad-query"],
    ["too long a query", { profile: "own", ownQuery: "a".repeat(10_001) }, "bad-query"],
  ] as const)("refuses %s", ([, settings, fault]) => {
    expect(faultOf(settings)).toBe(fault);
    expect(QUERY_FAULTS[fault]).toMatch(/\.$/);
  });

  test.for([
    ["prod logs", '_sourceCategory="prod logs"'],
    ["a//b", '_sourceCategory="a//b"'],
    ["or", '_sourceCategory="or"'],
    ["日本/監査", '_sourceCategory="日本/監査"'],
    ["a(b)", '_sourceCategory="a(b)"'],
    ["*cloudtrail*", "_sourceCategory=*cloudtrail*"],
  ] as const)("writes the category %s as %s", ([category, written]) => {
    expect(queryOf({ categories: { aws: [category], azure: [] } })).toContain(`(${written} (`);
  });
});

describe("a search for names", () => {
  const arn = "arn:aws:iam::123456789012:user/alice";

  test("looks for each as it is, in all categories, whatever the profile", () => {
    for (const profile of PROFILES) {
      expect(queryForNames({ ...SETTINGS, profile, ownQuery: "x" }, [arn, "alice", arn])).toEqual({
        ok: true,
        value: `((_sourceCategory=aws/cloudtrail OR _sourceCategory=azure/activity))\n("${arn}" OR "alice")`,
      });
    }
  });

  test("without categories goes by the scope of one's own query", () => {
    const ownQuery = '_index=audit "a | b" // those\n| where x matches /"/';
    const own: QuerySettings = { categories: { aws: [], azure: [] }, profile: "own", ownQuery };
    expect(queryForNames(own, ["alice"])).toEqual({
      ok: true,
      value: '(_index=audit "a | b" // those\n)\n("alice")',
    });
  });

  test.for([
    ["one that ends its quotes", 'a" OR _sourceCategory=*'],
    ["one with a backslash", "back\\slash"],
    ["one of two lines", "two\nlines"],
    ["one with a separator of lines", "a\u2028b"],
    ["a NUL", "\0"],
    ["nothing", " "],
    ["stars", "***"],
    ["a very long one", "x".repeat(501)],
  ] as const)("leaves out %s", ([, name]) => {
    expect(queryForNames(SETTINGS, [name])).toEqual({ ok: false, reason: "no-name" });
    const others = queryForNames(SETTINGS, [name, "alice"]);
    expect(others.ok && others.value).toMatch(/\n\("alice"\)$/);
  });
});

describe("deployments", () => {
  test.for(DEPLOYMENT_CODES)("%s has its addresses", (code) => {
    const { apiUrl, uiUrl } = DEPLOYMENTS[code];
    const host = code === "us1" ? "" : `${code}.`;
    expect(apiUrl).toBe(`https://api.${host}sumologic.com/api/`);
    expect(uiUrl).toBe(`https://service.${host}sumologic.com`);
  });

  const allowed = ["https://sumo-proxy.example", "http://127.0.0.1:4010/"];
  test.for([
    ["https://sumo-proxy.example/api", "https://sumo-proxy.example/api/"],
    [" http://127.0.0.1:4010/api/ ", "http://127.0.0.1:4010/api/"],
    ["https://sumo-proxy.example", "https://sumo-proxy.example/"],
  ] as const)("%s is listed", ([given, apiUrl]) => {
    expect(parseApiUrl(given, allowed)).toEqual({ ok: true, value: apiUrl });
    expect(apiUrlOf({ deployment: "custom", apiUrl: given }, allowed)).toBe(apiUrl);
  });

  test.for([
    ["http://sumo-proxy.example/api/", "not-listed"],
    ["https://sumo-proxy.example:8443/api/", "not-listed"],
    ["http://127.0.0.1/api/", "not-listed"],
    ["http://169.254.169.254/latest/", "not-listed"],
    ["https://sumo-proxy.example@evil.example/api/", "not-an-address"],
    ["https://sumo-proxy.example/api/?x=1", "not-an-address"],
    ["file:///etc/passwd", "not-an-address"],
    ["sumo-proxy.example", "not-an-address"],
    ["", "not-an-address"],
  ] as const)("%s is not", ([given, reason]) => {
    expect(parseApiUrl(given, allowed)).toEqual({ ok: false, reason });
    expect(apiUrlOf({ deployment: "custom", apiUrl: given }, allowed)).toBeUndefined();
  });

  test("an own address for people counts before the deployment's", () => {
    expect(uiUrlOf({ deployment: "eu", uiUrl: null })).toBe("https://service.eu.sumologic.com");
    expect(uiUrlOf({ deployment: "eu", uiUrl: "https://acme.eu.sumologic.com/" })).toBe(
      "https://acme.eu.sumologic.com",
    );
    expect(uiUrlOf({ deployment: "toString", uiUrl: null })).toBeUndefined();
  });
});

test("a link to Sumo holds the query and the times", () => {
  const query = '(_sourceCategory=a)\n("b & c+d")';
  const link = sumoSearchUrl({
    uiUrl: "https://service.eu.sumologic.com/",
    query,
    from: new Date("2026-01-01T00:00:00Z"),
    to: new Date("2026-01-02T00:00:00Z"),
  });
  expect(link).toMatch(/^https:\/\/service\.eu\.sumologic\.com\/log-search\/create\?query=/);
  expect(link).not.toContain("+");
  const { searchParams } = new URL(link);
  expect(searchParams.get("query")).toBe(query);
  expect(searchParams.get("startTime")).toBe("1767225600000");
  expect(searchParams.get("endTime")).toBe("1767312000000");
});

test("what the rules look for in the clouds' logs is asked for", () => {
  const query = queryOf({});
  const of = (log: LogSource) =>
    RULES.flatMap(({ match }) =>
      match.filter(({ logs }) => logs.includes(log)).map(({ operation }) => operation),
    );
  const words = query.split(/[\s()]+/);
  const calls = of("cloudtrail").flatMap((operation) => (Array.isArray(operation) ? operation : []));
  expect(calls).toContain("PutReplicationConfiguration");
  expect(calls.filter((name) => !words.includes(name))).toEqual([]);

  const parts = of("azure-activity").flatMap((operation) =>
    "contains" in operation ? operation.contains : [],
  );
  expect(parts).not.toEqual([]);
  const isAsked = (part: string) => {
    const [provider] = part.split("/");
    const isOfType = provider !== "microsoft.compute" || /images|galleries|capture/.test(part);
    return isOfType && query.includes(`"${provider}"`);
  };
  expect(parts.filter((part) => !isAsked(part))).toEqual([]);
});
