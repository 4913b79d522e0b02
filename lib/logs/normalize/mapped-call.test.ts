import { expect, test } from "vitest";
import { RULES } from "#lib/detection/rules.ts";
import { awsServiceOf } from "./aws-service.ts";
import type { Platform } from "./event.ts";
import { mappedCall } from "./mapped-call.ts";

test.for<
  [platform: Platform, logged: string, given: string | null, service: string | null, operation: string]
>([
  ["aws", "CreateImage", null, "ec2.amazonaws.com", "CreateImage"],
  ["aws", "ecr.amazonaws.com/PutImage", null, "ecr.amazonaws.com", "PutImage"],
  ["aws", "ec2:CreateImage", "Amazon AppStream", "appstream.amazonaws.com", "CreateImage"],
  ["aws", "DescribeInstances", null, null, "DescribeInstances"],
  ["azure", "Microsoft.Compute/images/write", null, "microsoft.compute", "Microsoft.Compute/images/write"],
  ["azure", "Push", null, "microsoft.containerregistry", "Push"],
  ["gcp", "v1.compute.images.insert", null, "compute.googleapis.com", "v1.compute.images.insert"],
  ["gcp", "Docker-PutManifest", null, "artifactregistry.googleapis.com", "Docker-PutManifest"],
  ["gcp", "storage.objects.get", "Storage", "storage.googleapis.com", "storage.objects.get"],
  ["container", "PUSH", null, "registry", "push"],
  ["container", "image push", "Docker", "docker", "image push"],
  ["container", "login", null, null, "login"],
])("%s: %s of %s is %s, %s", ([platform, logged, given, service, operation]) => {
  expect(mappedCall(platform, logged, given)).toEqual({ service, operation });
});

test("every operation of EC2 and ECR that a rule names is known to be theirs", () => {
  const ours = ["ec2.amazonaws.com", "ecr.amazonaws.com", "ecr-public.amazonaws.com"];
  const matches = RULES.flatMap(({ match }) => match).filter(
    ({ logs, service }) => logs.includes("cloudtrail") && service?.every((name) => ours.includes(name)),
  );
  const unknown = matches.flatMap(({ operation, service = [] }) =>
    Array.isArray(operation) ? operation.filter((name) => !service.includes(awsServiceOf(name) ?? "")) : [],
  );
  expect(matches.length).toBeGreaterThan(5);
  expect(unknown).toEqual([]);
});
