import { defineRule } from "../rule.ts";

export const awsImageSharingBlockOff = defineRule({
  id: "aws-image-sharing-block-off",
  title: "The block on public machine images was switched off",
  why: "The block keeps every image of a region from being shared with everyone. Whoever lifts it is about to share one, or has taken away what would have stopped somebody else.",
  logic: "DisableImageBlockPublicAccess is called, whether it succeeds or is refused.",
  family: "image-guard",
  technique: "T1562",
  references: [
    "https://attack.mitre.org/techniques/T1562/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageBlockPublicAccess.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html",
  ],
  falsePositives: ["An account whose purpose is to publish images"],
  base: 45,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["DisableImageBlockPublicAccess"],
    },
  ],
});
