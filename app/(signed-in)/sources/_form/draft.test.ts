import { expect, test } from "vitest";
import { EMPTY_DRAFT, queryOf, settingsOf } from "./draft.ts";

test("categories are the lines that hold something", () => {
  const { categories } = queryOf({ ...EMPTY_DRAFT, aws: " aws/cloudtrail \n\n prod/aws*\n", azure: " \n" });
  expect(categories).toEqual({ aws: ["aws/cloudtrail", "prod/aws*"], azure: [] });
});

test("an own query is sent only where it is what is asked for", () => {
  const draft = { ...EMPTY_DRAFT, ownQuery: "error" };
  expect(queryOf(draft).ownQuery).toBeNull();
  expect(queryOf({ ...draft, profile: "own" }).ownQuery).toBe("error");
});

test("an address belongs to no deployment of Sumo's own", () => {
  const draft = { ...EMPTY_DRAFT, apiUrl: "https://sumo-proxy.example/api/" };
  expect(settingsOf(draft).apiUrl).toBeNull();
  expect(settingsOf({ ...draft, deployment: "custom" }).apiUrl).toBe("https://sumo-proxy.example/api/");
});

test("minutes are a number, or the text that is none", () => {
  expect(settingsOf({ ...EMPTY_DRAFT, everyMinutes: " 15 " }).everyMinutes).toBe(15);
  expect(settingsOf({ ...EMPTY_DRAFT, everyMinutes: "soon" }).everyMinutes).toBe("soon");
  expect(settingsOf({ ...EMPTY_DRAFT, everyMinutes: "" }).everyMinutes).toBe("");
});

test("no key is among the settings", () => {
  const draft = { ...EMPTY_DRAFT, accessId: "an id", accessKey: "a key" };
  expect(JSON.stringify(settingsOf(draft))).not.toMatch(/an id|a key/);
});
