import { defineRule } from "../rule.ts";

export const awsMachineImage = defineRule({
  id: "aws-machine-image",
  title: "A machine image was made, copied, imported or changed",
  why: "Every instance that starts from an AMI runs what was put into it. An attacker who makes or alters one owns each machine launched from it later.",
  family: "machine-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIs.html",
  ],
  falsePositives: [
    "A golden-image pipeline such as EC2 Image Builder or Packer",
    "Backup or disaster recovery that captures instances",
    "Infrastructure as code that registers or shares images between the organisation's own accounts",
  ],
  logic:
    "EC2 is called to make an image from an instance (CreateImage), to register one from a snapshot or a bucket (RegisterImage), to copy one, also from another region (CopyImage), to import one from a bucket (ImportImage), or to change its attributes (ModifyImageAttribute), whether the call succeeds or fails.",
  base: 25,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["CreateImage", "RegisterImage", "CopyImage", "ImportImage", "ModifyImageAttribute"],
    },
  ],
});
