import { defineRule } from "../rule.ts";

export const gcpImageRetired = defineRule({
  id: "gcp-image-retired",
  title: "A machine image was deprecated or changed in Google Cloud",
  why: "Machines start from the newest image of a family that is not deprecated. Whoever deprecates the good one, or moves an image into a family, decides which is taken.",
  logic:
    "compute.images.deprecate or compute.images.patch, in any API version, whether it succeeds, fails or only begins.",
  family: "machine-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://cloud.google.com/compute/docs/images/deprecate-custom",
    "https://cloud.google.com/compute/docs/images/image-families-best-practices",
  ],
  falsePositives: ["A pipeline that retires the image before the last"],
  base: 20,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      operation: { contains: ["compute.images.deprecate", "compute.images.patch"] },
    },
  ],
});
