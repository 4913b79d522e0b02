import { touchesGuard } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const awsAllowedImagesLoosened = defineRule({
  id: "aws-allowed-images-loosened",
  title: "The allowed-images settings were switched off or changed",
  why: "The settings say whose images may be started in a region. Without them, or with other owners in them, an image of a stranger starts like any other.",
  logic:
    'The settings are switched off (DisableAllowedImagesSettings), put into audit mode (EnableAllowedImagesSettings with "audit-mode"), or given other owners (ReplaceImageCriteriaInAllowedImagesSettings), whether the call succeeds or is refused.',
  family: "image-guard",
  technique: "T1562",
  references: [
    "https://attack.mitre.org/techniques/T1562/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableAllowedImagesSettings.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html",
  ],
  falsePositives: ["Bringing the settings in, first in audit mode", "An image provider that is taken up"],
  base: 40,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: [
        "DisableAllowedImagesSettings",
        "EnableAllowedImagesSettings",
        "ReplaceImageCriteriaInAllowedImagesSettings",
      ],
    },
  ],
  when: (event) => event.operation !== "EnableAllowedImagesSettings" || touchesGuard(event),
});
