import { describe, expect, test } from "vitest";
import { TOKEN_KINDS, TOKEN_PLACES } from "#lib/access/token-kind.ts";
import { setupOf } from "./setups.ts";

const TOKEN = "bcl_secret";

describe("the settings of every sender hold its address and its token", () => {
  test.for(TOKEN_KINDS)("%s", (kind) => {
    const { steps, snippets } = setupOf(kind, "https://barnacle.example", TOKEN);
    expect(steps.length).toBeGreaterThan(0);
    const text = snippets.map((snippet) => snippet.text).join("\n");
    expect(text).toContain(kind === "api" ? "/api/ingest" : `https://barnacle.example/api/webhooks/${kind}`);
    expect(text).toContain(TOKEN);
    expect(text.includes(`/${TOKEN}`)).toBe(TOKEN_PLACES[kind] === "path");
  });
});

test.for([
  ["https://barnacle.example", "barnacle.example", "443", "On"],
  ["http://10.0.0.7:3000", "10.0.0.7", "3000", "Off"],
  ["https://barnacle.example:8443", "barnacle.example", "8443", "On"],
] as const)("Fluent Bit is told where %s is", ([base, host, port, tls]) => {
  const fluentBit = setupOf("api", base, TOKEN).snippets.find(({ title }) => title === "Fluent Bit");
  expect(fluentBit?.text).toMatch(new RegExp(`Host +${host}\n +Port +${port}\n +TLS +${tls}\n`));
});
