import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { gcpImageAccessChanged } from "./gcp-image-access-changed.ts";

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
  ["a colleague", policy(["user:lee@example.com"]), true],
  ["taken away", delta("REMOVE", "user:eve@example.org"), true],
  ["no request", compute("v1.compute.images.setIamPolicy"), true],
  ["refused", policy(["user:lee@example.com"], { status: { code: 7 } }), true],
  ["everyone", policy(["allUsers"]), false],
  ["a foreign person", policy(["user:eve@example.org"]), false],
  ["looked at", compute("v1.compute.images.getIamPolicy"), false],
])("%s", ([, record, expected]) => {
  expect(fires(gcpImageAccessChanged, record)).toBe(expected);
});
