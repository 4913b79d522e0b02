import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord, kubernetesRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { k8sImageDenied } from "./k8s-image-denied.ts";

const denied = (webhook: string) => ({
  code: 400,
  message: `admission webhook "${webhook}" denied the request: no`,
});

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["by Kyverno", kubernetesRecord({ responseStatus: denied("validate.kyverno.svc-fail") }), true],
  ["by Gatekeeper", kubernetesRecord({ responseStatus: denied("validation.gatekeeper.sh") }), true],
  [
    "a deployment",
    kubernetesRecord({ objectRef: { resource: "deployments" }, responseStatus: denied("x") }),
    true,
  ],
  [
    "by a validating policy",
    kubernetesRecord({
      responseStatus: {
        code: 422,
        message:
          "pods \"web-1\" is forbidden: ValidatingAdmissionPolicy 'images' with binding 'all' denied request: no",
      },
    }),
    true,
  ],
  [
    "by Google's log",
    gcpRecord({
      serviceName: "k8s.io",
      methodName: "io.k8s.core.v1.pods.create",
      status: {
        code: 7,
        message: 'admission webhook "imagepolicywebhook.image-policy.k8s.io" denied the request: no',
      },
    }),
    true,
  ],
  [
    "not allowed by roles",
    kubernetesRecord({ responseStatus: { code: 403, message: "pods is forbidden" } }),
    false,
  ],
  [
    "created, with such a message",
    kubernetesRecord({ responseStatus: { ...denied("x"), code: 201 } }),
    false,
  ],
  [
    "what is no workload",
    kubernetesRecord({ objectRef: { resource: "services" }, responseStatus: denied("x") }),
    false,
  ],
])("%s", ([, record, expected]) => {
  expect(fires(k8sImageDenied, record)).toBe(expected);
});
