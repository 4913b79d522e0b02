import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { falcoRecord, gcpRecord, kubernetesRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { allowingOnly, k8sImageOutsideList } from "./k8s-image-outside-list.ts";

const spec = (...images: string[]) => ({ spec: { containers: images.map((image) => ({ image })) } });
const pod = (...images: string[]) => kubernetesRecord({ requestObject: spec(...images) });
const rule = allowingOnly(["Registry.example.com", "docker.io/library/", "quay.io/team/web"]);

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["of another registry", pod("registry.example.org/team/web:1"), true],
  ["of a registry whose name only begins so", pod("registry.example.com.evil.example/team/web:1"), true],
  ["of another owner at the same registry", pod("docker.io/stranger/nginx"), true],
  ["of a repository whose name only begins so", pod("quay.io/team/web-2"), true],
  ["one of two", pod("registry.example.com/team/web:1", "quay.io/stranger/miner"), true],
  ["refused", kubernetesRecord({ requestObject: spec("a.example/b"), responseStatus: { code: 403 } }), true],
  [
    "a deployment's",
    kubernetesRecord({
      verb: "patch",
      objectRef: { resource: "deployments" },
      requestObject: { spec: { template: spec("a.example/b") } },
    }),
    true,
  ],
  [
    "by Google's log",
    gcpRecord({
      serviceName: "k8s.io",
      methodName: "io.k8s.core.v1.pods.create",
      request: spec("a.example/b"),
    }),
    true,
  ],
  ["of an allowed registry", pod("registry.example.com/team/web:1"), false],
  ["of an allowed owner, by its short name", pod("nginx"), false],
  ["of an allowed repository, by digest", pod(`quay.io/team/web@sha256:${"0a".repeat(32)}`), false],
  ["below an allowed repository", pod("quay.io/team/web/arm"), false],
  ["no images in the record", kubernetesRecord({ requestObject: undefined }), false],
  ["a pod looked at", kubernetesRecord({ verb: "get", requestObject: spec("a.example/b") }), false],
  [
    "what is no workload",
    kubernetesRecord({ objectRef: { resource: "configmaps" }, requestObject: spec("a/b") }),
    false,
  ],
  ["an alert of Falco", falcoRecord("Create Disallowed Pod"), false],
])("an image %s", ([, record, expected]) => {
  expect(fires(rule, record)).toBe(expected);
});

test("without a list it does not fire", () => {
  expect(fires(k8sImageOutsideList, pod("a.example/b"))).toBe(false);
  expect(fires(allowingOnly([]), pod("a.example/b"))).toBe(false);
});
