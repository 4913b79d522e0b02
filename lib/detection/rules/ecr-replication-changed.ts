import { defineRule } from "../rule.ts";

export const ecrReplicationChanged = defineRule({
  id: "ecr-replication-changed",
  title: "Replication of an ECR registry was changed",
  why: "Replication copies whatever is pushed into other regions and accounts, by itself and from then on: images leave, and an implant spreads.",
  logic:
    "PutReplicationConfiguration is called, whether it succeeds or is refused. Registries of other accounts among the destinations are named in the event.",
  family: "registry-change",
  technique: "T1537",
  references: [
    "https://attack.mitre.org/techniques/T1537/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutReplicationConfiguration.html",
  ],
  falsePositives: ["Setting up a second region"],
  base: 25,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com"],
      operation: ["PutReplicationConfiguration"],
    },
  ],
});
