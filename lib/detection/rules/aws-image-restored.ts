import { defineRule } from "../rule.ts";

export const awsImageRestored = defineRule({
  id: "aws-image-restored",
  title: "A machine image was restored from a bucket",
  why: "An image that was stored in a bucket becomes a machine image again. What was put into the stored object meanwhile runs on each machine that starts from it, and the object can come from another account.",
  logic: "EC2 is called to restore an image (CreateRestoreImageTask), whether the call succeeds or fails.",
  family: "machine-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRestoreImageTask.html",
  ],
  falsePositives: ["Restoring from a backup, or moving images between regions and partitions"],
  base: 25,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["CreateRestoreImageTask"],
    },
  ],
});
