import { defineRule } from "../rule.ts";

export const awsDiskImported = defineRule({
  id: "aws-disk-imported",
  title: "A disk from outside was brought into EC2",
  why: "A snapshot, volume or instance made of a file that somebody uploaded can be registered as an image, or mounted, without any of its content having been seen here.",
  logic:
    "EC2 is called to import a snapshot, a volume or an instance (ImportSnapshot, ImportVolume, ImportInstance), whether the call succeeds or fails. ImportImage is of the rule on machine images.",
  family: "machine-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportSnapshot.html",
    "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-import-snapshot.html",
  ],
  falsePositives: ["Migration of machines from a data centre"],
  base: 20,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["ImportSnapshot", "ImportVolume", "ImportInstance"],
    },
  ],
});
