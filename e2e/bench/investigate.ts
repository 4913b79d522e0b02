import { db } from "#lib/db/client.ts";
import type { Bench } from "./figure.ts";
import { BUSIEST, UNTIL } from "./large-store.ts";
import { onSite } from "./site.ts";

const DAY_MS = 86_400_000;
const PAGE_BAR_MS = 150;
const ZOOM_BAR_MS = 200;
const EVENTS_BAR_MS = 100;
const STEP_BAR_MS = 300;

/** What it takes to look at the busiest actor of a large store, at every zoom and depth, and at all events. */
export const benchInvestigate: Bench = async (report, { connectionString }) => {
  const actor = await db().actor.findFirstOrThrow({ where: { key: BUSIEST } });
  const events = await db().event.count({ where: { actorId: actor.id } });
  await onSite(connectionString, async (site) => {
    const measure = async (name: string, path: string, bar: number) => {
      const value = await site.p95(path);
      report({ name: `${name}, p95`, value, unit: "ms", bar, ok: value <= bar });
      return value;
    };
    await measure("list of actors", "/actors", PAGE_BAR_MS);
    await measure("list of actors by alerts that are open", "/actors?sort=-open", PAGE_BAR_MS);
    await measure(
      `page of the actor with ${events.toLocaleString("en-GB")} events`,
      `/actors/${actor.id}`,
      PAGE_BAR_MS,
    );
    for (const [name, days] of [
      ["an hour", 1 / 24],
      ["a day", 1],
      ["a month", 30],
      ["a quarter", 91],
      ["a year", 365],
    ] as const) {
      const query = window(new Date(UNTIL.getTime() - 200 * DAY_MS), days);
      await measure(`its timeline over ${name}`, `/actors/${actor.id}?${query}`, ZOOM_BAR_MS);
    }

    const first = await measure("first page of its events", `/events?actor=${actor.id}`, EVENTS_BAR_MS);
    const before = new Date(UNTIL.getTime() - 729 * DAY_MS).toISOString();
    const deep = await site.p95(`/events?actor=${actor.id}&to=${before}`);
    const reference = { name: "its first page", value: first };
    report({
      name: "page of its events two years back, p95",
      value: deep,
      unit: "ms",
      reference,
      ratio: deep / first,
      bar: 1.5,
      ok: deep <= first * 1.5,
    });
    await measure("events of one operation", "/events?operation=PutImage", EVENTS_BAR_MS);
    await measure("events of an address", "/events?address=10.0.0.7", EVENTS_BAR_MS);
    await measure("events of an address that is nowhere", "/events?address=192.0.2.1", EVENTS_BAR_MS);
    await measure(
      "a step through all events, for a region that is nowhere",
      "/events?region=mars-1",
      STEP_BAR_MS + 150,
    );
  });
};

function window(from: Date, days: number): string {
  const to = new Date(from.getTime() + days * DAY_MS);
  return new URLSearchParams({ from: from.toISOString(), to: to.toISOString() }).toString();
}
