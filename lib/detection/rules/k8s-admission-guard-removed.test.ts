import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord, kubernetesRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { k8sAdmissionGuardRemoved } from "./k8s-admission-guard-removed.ts";

const guard = (verb: string, resource: string, rest: Record<string, unknown> = {}) =>
  kubernetesRecord({ verb, objectRef: { resource, name: "images" }, requestObject: undefined, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a webhook deleted", guard("delete", "validatingwebhookconfigurations"), true],
  ["all webhooks deleted", guard("deletecollection", "mutatingwebhookconfigurations"), true],
  ["a policy's binding deleted", guard("delete", "validatingadmissionpolicybindings"), true],
  ["a policy of Kyverno deleted", guard("delete", "clusterpolicies"), true],
  ["a webhook changed by a person", guard("patch", "validatingwebhookconfigurations"), true],
  ["refused", guard("delete", "validatingwebhookconfigurations", { responseStatus: { code: 403 } }), true],
  [
    "deleted by a service account",
    guard("delete", "validatingwebhookconfigurations", {
      user: { username: "system:serviceaccount:ci:deployer" },
    }),
    true,
  ],
  [
    "by Google's log",
    gcpRecord({
      serviceName: "k8s.io",
      methodName: "io.k8s.admissionregistration.v1.validatingwebhookconfigurations.delete",
    }),
    true,
  ],
  [
    "a webhook renewed by its own service account",
    guard("update", "validatingwebhookconfigurations", {
      user: { username: "system:serviceaccount:kyverno:kyverno" },
    }),
    false,
  ],
  ["a webhook made", guard("create", "validatingwebhookconfigurations"), false],
  ["looked at", guard("list", "validatingwebhookconfigurations"), false],
  ["a network policy deleted", guard("delete", "networkpolicies"), false],
])("%s", ([, record, expected]) => {
  expect(fires(k8sAdmissionGuardRemoved, record)).toBe(expected);
});
