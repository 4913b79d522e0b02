import { defineRule } from "../rule.ts";

export const awsImageDeregistered = defineRule({
  id: "aws-image-deregistered",
  title: "A machine image was deregistered or disabled",
  why: "It plants nothing, but it takes away a good image, so that a worse one is found in its place, or removes the evidence of an implant.",
  logic:
    "EC2 is called to deregister an image (DeregisterImage) or to disable one (DisableImage), whether the call succeeds or fails.",
  family: "machine-image",
  technique: "T1485",
  references: [
    "https://attack.mitre.org/techniques/T1485/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterImage.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImage.html",
  ],
  falsePositives: ["Clean-up of old images by a pipeline or a retention policy"],
  base: 15,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["DeregisterImage", "DisableImage"],
    },
  ],
});
