import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { notificationRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { registryImageDeleted } from "./registry-image-deleted.ts";

const harbor = (type: string) => ({
  type,
  occur_at: 1_772_615_553,
  operator: "robot$ci",
  event_data: {
    resources: [{ tag: "1.4", resource_url: "hub.example.com/team/web:1.4" }],
    repository: { repo_full_name: "team/web" },
  },
});
const hub = (action: string) => ({
  account: "team",
  action,
  name: "web",
  actor: "dana",
  data: { tag: "1.4" },
  timestamp: "2026-03-04T09:12:33Z",
  action_description: "something was done",
});

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["from a registry", notificationRecord({ action: "delete" }), true],
  ["from Harbor", harbor("DELETE_ARTIFACT"), true],
  ["from Docker Hub", hub("repo.tag.delete"), true],
  ["pushed", notificationRecord(), false],
  ["a tag retained by Harbor", harbor("TAG_RETENTION"), false],
  [
    "from a registry of Azure",
    notificationRecord({ action: "delete", request: { host: "prod.azurecr.io" } }),
    false,
  ],
])("%s", ([, record, expected]) => {
  expect(fires(registryImageDeleted, record)).toBe(expected);
});
