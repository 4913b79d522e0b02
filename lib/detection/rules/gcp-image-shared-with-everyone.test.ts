import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { gcpImageSharedWithEveryone } from "./gcp-image-shared-with-everyone.ts";

const compute = (method: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  gcpRecord({ methodName: method, request, ...rest });

const policy = (members: string[], rest: Record<string, unknown> = {}) =>
  compute(
    "v1.compute.images.setIamPolicy",
    { policy: { bindings: [{ role: "roles/compute.imageUser", members }] } },
    rest,
  );
const delta = (action: string, member: string) =>
  compute(
    "v1.compute.images.setIamPolicy",
    {},
    {
      serviceData: { policyDelta: { bindingDeltas: [{ action, role: "roles/compute.imageUser", member }] } },
    },
  );

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["all who have an account", policy(["allAuthenticatedUsers"]), true],
  ["all, among others", policy(["user:lee@example.com", "allUsers"]), true],
  ["added", delta("ADD", "allUsers"), true],
  ["refused", policy(["allUsers"], { status: { code: 7 } }), true],
  [
    "by another version of the API",
    compute("beta.compute.images.setIamPolicy", { policy: { bindings: [{ members: ["allUsers"] }] } }),
    true,
  ],
  ["taken away", delta("REMOVE", "allUsers"), false],
  ["a foreign person", policy(["user:eve@example.org"]), false],
  [
    "a disk",
    compute("v1.compute.disks.setIamPolicy", { policy: { bindings: [{ members: ["allUsers"] }] } }),
    false,
  ],
])("%s", ([, record, expected]) => {
  expect(fires(gcpImageSharedWithEveryone, record)).toBe(expected);
});
