import { describe, expect, test } from "vitest";
import { ingestTokenHash, isToken, mintToken, tokenDraftSchema } from "./ingest-token.ts";
import { deliveryPath } from "./token-kind.ts";

test("tokens are long, whole and never the same", () => {
  const tokens = Array.from({ length: 200 }, mintToken);
  expect(new Set(tokens).size).toBe(200);
  for (const token of tokens) expect(token).toMatch(/^bcl_[0-9A-Za-z]{49}$/);
  expect(tokens.every(isToken)).toBe(true);
  expect(ingestTokenHash(tokens[0] ?? "")).toHaveLength(32);
});

describe("a text that is no whole token", () => {
  const token = mintToken();
  const other = token.at(20) === "a" ? "b" : "a";
  test.for<[name: string, text: string]>([
    ["nothing", ""],
    ["one that was cut", token.slice(0, -1)],
    ["one with a letter changed", token.slice(0, 20) + other + token.slice(21)],
    ["one with something behind it", `${token}\n`],
    ["one with another prefix", token.replace("bcl_", "ghp_")],
  ])("%s", ([, text]) => {
    expect(isToken(text)).toBe(false);
  });
});

test.for<[name: string, draft: unknown]>([
  ["without a name", { name: " ", source: "prod", kind: "api" }],
  ["with a name on two lines", { name: "a\nb", source: "prod", kind: "api" }],
  ["with a source that turns the text around", { name: "a", source: "prod\u202e", kind: "api" }],
  ["for nobody that is known", { name: "a", source: "prod", kind: "ftp" }],
  ["with more than is asked for", { name: "a", source: "prod", kind: "api", revokedAt: null }],
])("a draft %s is refused", ([, draft]) => {
  expect(tokenDraftSchema.safeParse(draft).success).toBe(false);
});

test.for([
  ["api", "/api/ingest"],
  ["harbor", "/api/webhooks/harbor"],
  ["docker-hub", "/api/webhooks/docker-hub/TOKEN"],
  ["event-grid", "/api/webhooks/event-grid/TOKEN"],
] as const)("%s delivers at %s", ([kind, path]) => {
  expect(deliveryPath(kind, "TOKEN")).toBe(path);
});
