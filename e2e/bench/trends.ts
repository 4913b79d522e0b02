import type { Bench } from "./figure.ts";
import { onSite } from "./site.ts";

const BAR_MS = 200;

/** What the trends page takes over two years: whole days in UTC, cut days elsewhere, and under filters. */
export const benchTrends: Bench = async (report, { connectionString }) => {
  await onSite(connectionString, async (site) => {
    const range = "from=2024-11-24&to=2026-11-23";
    const pages: [name: string, query: string][] = [
      ["in UTC, by severity", `${range}&zone=UTC`],
      ["in Asia/Kolkata, by severity", `${range}&zone=Asia/Kolkata`],
      ["in UTC, by rule", `${range}&zone=UTC&stack=rule`],
      ["in UTC, of one rule", `${range}&zone=UTC&rule=ecr-push`],
    ];
    for (const [name, query] of pages) {
      const value = await site.p95(`/trends?${query}`);
      report({
        name: `trends of two years ${name}, p95`,
        value,
        unit: "ms",
        bar: BAR_MS,
        ok: value <= BAR_MS,
      });
    }
  });
};
