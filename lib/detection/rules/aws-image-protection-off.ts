import { defineRule } from "../rule.ts";

export const awsImageProtectionOff = defineRule({
  id: "aws-image-protection-off",
  title: "The protection of a machine image against deregistration was switched off",
  why: "A protected image cannot be deregistered. Whoever lifts the protection means to remove an image that others wanted to keep.",
  logic: "DisableImageDeregistrationProtection is called, whether it succeeds or is refused.",
  family: "machine-image",
  technique: "T1562",
  references: [
    "https://attack.mitre.org/techniques/T1562/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageDeregistrationProtection.html",
  ],
  falsePositives: ["A retention policy that retires an image"],
  base: 25,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["DisableImageDeregistrationProtection"],
    },
  ],
});
