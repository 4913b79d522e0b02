import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { notificationRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { registryPush } from "./registry-push.ts";

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
  ["to a registry", notificationRecord(), true],
  [
    "an index, by digest alone",
    notificationRecord({}, { mediaType: "application/vnd.oci.image.index.v1+json", tag: undefined }),
    true,
  ],
  ["to Harbor", harbor("PUSH_ARTIFACT"), true],
  ["to Harbor of old", harbor("pushImage"), true],
  ["to Docker Hub", hub("repo.tag.push"), true],
  [
    "to Docker Hub, by webhook",
    {
      push_data: { pushed_at: 1_772_615_553, pusher: "dana", tag: "1.4" },
      repository: { repo_name: "team/web" },
    },
    true,
  ],
  ["a layer", notificationRecord({}, { mediaType: "application/octet-stream" }), false],
  ["a signature", notificationRecord({}, { tag: `sha256-${"0a".repeat(32)}.sig` }), false],
  ["a pull", notificationRecord({ action: "pull" }), false],
  ["a layer taken from another repository", notificationRecord({ action: "mount" }), false],
  ["a scan by Harbor", harbor("SCANNING_COMPLETED"), false],
  ["a member of Docker Hub", hub("org.member.add"), false],
  ["to a registry of Azure", notificationRecord({ request: { host: "prod.azurecr.io" } }), false],
])("%s", ([, record, expected]) => {
  expect(fires(registryPush, record)).toBe(expected);
});
