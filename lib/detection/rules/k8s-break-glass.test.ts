import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord, kubernetesRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { k8sBreakGlass } from "./k8s-break-glass.ts";

const labelled = {
  metadata: { labels: { "image-policy.k8s.io/break-glass": "true" } },
  spec: { containers: [{ image: "web:1" }] },
};

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a pod, by its label", kubernetesRecord({ requestObject: labelled }), true],
  [
    "a pod, by the annotation of old",
    kubernetesRecord({
      requestObject: { metadata: { annotations: { "alpha.image-policy.k8s.io/break-glass": "true" } } },
    }),
    true,
  ],
  [
    "a deployment's pods",
    kubernetesRecord({
      objectRef: { resource: "deployments" },
      verb: "patch",
      requestObject: { spec: { template: labelled } },
    }),
    true,
  ],
  [
    "a job by the clock",
    kubernetesRecord({
      objectRef: { resource: "cronjobs" },
      requestObject: { spec: { jobTemplate: { spec: { template: labelled } } } },
    }),
    true,
  ],
  ["refused", kubernetesRecord({ requestObject: labelled, responseStatus: { code: 403 } }), true],
  [
    "by Google's log",
    gcpRecord({ serviceName: "k8s.io", methodName: "io.k8s.core.v1.pods.create", request: labelled }),
    true,
  ],
  [
    "the label says no",
    kubernetesRecord({
      requestObject: { metadata: { labels: { "image-policy.k8s.io/break-glass": "false" } } },
    }),
    false,
  ],
  [
    "another label",
    kubernetesRecord({ requestObject: { metadata: { labels: { app: "break-glass" } } } }),
    false,
  ],
  ["no request", kubernetesRecord({ requestObject: undefined }), false],
  ["a pod looked at", kubernetesRecord({ verb: "get", requestObject: labelled }), false],
  [
    "what is no workload",
    kubernetesRecord({ objectRef: { resource: "configmaps" }, requestObject: labelled }),
    false,
  ],
])("%s", ([, record, expected]) => {
  expect(fires(k8sBreakGlass, record)).toBe(expected);
});
