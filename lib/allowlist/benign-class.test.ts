import { expect, test } from "vitest";
import { type ActorHabits, benignClass } from "./benign-class.ts";
import type { ReasonClass } from "./entry.ts";

const unknown: ActorHabits = {
  name: "role/worker",
  operations: [],
  userAgents: [],
  sessions: [],
  imageCount: 1,
  detections: 10,
};

test.for<[name: string, habits: Partial<ActorHabits>, expected: ReasonClass]>([
  ["nothing is known", {}, "other"],
  ["a person who makes images by hand", { name: "dana", operations: ["RegisterImage"] }, "other"],
  ["forensics by its name", { name: "role/Forensic-Capture" }, "forensic"],
  ["incident response by its name", { name: "role/ir-collector" }, "forensic"],
  ["the letters of incident response inside of a word", { name: "role/air-traffic" }, "other"],
  ["a name that ends in them", { name: "role/first-dfir" }, "forensic"],
  ["mirroring by its agent", { userAgents: ["curl/8", "skopeo/1.14"] }, "registry-mirroring"],
  ["mirroring by its library", { userAgents: ["go-containerregistry/v0.19"] }, "registry-mirroring"],
  ["mirroring by its name", { name: "role/ecr-replication" }, "registry-mirroring"],
  ["mirroring before pushing", { name: "role/mirror", operations: ["PutImage"] }, "registry-mirroring"],
  [
    "Terraform by its agent",
    { userAgents: ["APN/1.0 HashiCorp/1.0 Terraform/1.7.5 (+https://www.terraform.io)"] },
    "infrastructure-as-code",
  ],
  ["CDK by its role", { name: "role/cdk-hnb659fds-image-publishing" }, "infrastructure-as-code"],
  ["CDK inside of a name only", { name: "role/my-cdk-role" }, "other"],
  ["CloudFormation by its agent", { userAgents: ["cloudformation.amazonaws.com"] }, "infrastructure-as-code"],
  [
    "Packer by its agent is no Terraform",
    { userAgents: ["APN/1.0 HashiCorp/1.0 Packer/1.10"] },
    "disaster-recovery",
  ],
  ["another tool of HashiCorp", { userAgents: ["APN/1.0 HashiCorp/1.0 Vault/1.15"] }, "other"],
  ["AWS Backup by its agent", { userAgents: ["backup.amazonaws.com"] }, "disaster-recovery"],
  ["recovery by its name", { name: "role/dr-copy" }, "disaster-recovery"],
  ["the letters of recovery inside of a word", { name: "role/drone" }, "other"],
  ["whoever only makes and copies images", { operations: ["CreateImage", "CopyImage"] }, "disaster-recovery"],
  ["whoever shares them too", { operations: ["CreateImage", "ModifyImageAttribute"] }, "other"],
  ["a pipeline by its operation", { operations: ["CompleteLayerUpload"] }, "ci-cd"],
  [
    "a pipeline by its operation in Azure",
    { operations: ["Microsoft.ContainerRegistry/registries/push/write"] },
    "ci-cd",
  ],
  ["a pipeline by its session", { sessions: ["GitHubActions"] }, "ci-cd"],
  ["a machine by its session", { sessions: ["i-0abc12345678"] }, "ci-cd"],
  ["a session that only holds the letters", { sessions: ["dana-i-0abc"] }, "other"],
  [
    "forensics before everything else",
    { name: "role/incident-backup", sessions: ["GitHubActions"], operations: ["CreateImage"] },
    "forensic",
  ],
])("%s: %s", ([, habits, expected]) => {
  expect(benignClass({ ...unknown, ...habits })).toBe(expected);
});
