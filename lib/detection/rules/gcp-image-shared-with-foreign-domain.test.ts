import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { gcpImageSharedWithForeignDomain } from "./gcp-image-shared-with-foreign-domain.ts";

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
  ["a foreign person", policy(["user:eve@example.org"]), true],
  ["another project's account", policy(["serviceAccount:x@other.iam.gserviceaccount.com"]), true],
  ["added", delta("ADD", "domain:example.org"), true],
  ["refused", policy(["user:eve@example.org"], { status: { code: 7 } }), true],
  ["a colleague", policy(["user:lee@example.com", "domain:example.com"]), false],
  ["the project's own account", policy(["serviceAccount:ci@shop-prod.iam.gserviceaccount.com"]), false],
  ["everyone", policy(["allUsers"]), false],
  ["taken away", delta("REMOVE", "user:eve@example.org"), false],
])("%s", ([, record, expected]) => {
  expect(fires(gcpImageSharedWithForeignDomain, record)).toBe(expected);
});
