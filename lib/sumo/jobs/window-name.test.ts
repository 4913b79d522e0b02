import { expect, test } from "vitest";
import { windowName } from "./window-name.ts";

test.each([
  ["2026-11-24T16:00:00Z", "2026-11-24T16:05:00Z", "Production · 24 Nov 2026 16:00–16:05 UTC"],
  ["2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z", "Production · 23 Nov 2026 00:00–24 Nov 2026 00:00 UTC"],
  ["2026-11-23T10:00:01Z", "2026-11-23T10:00:02Z", "Production · 23 Nov 2026 10:00:01–10:00:02 UTC"],
])("the window from %s to %s has a name", (startsAt, endsAt, name) => {
  const window = { connectionName: "Production", startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
  expect(windowName(window)).toBe(name);
});
