import { defineRule } from "../rule.ts";

export const gcpImageDeleted = defineRule({
  id: "gcp-image-deleted",
  title: "A machine image was deleted in Google Cloud",
  why: "Deleting plants nothing, but an older image of the family is started from then on, and evidence of an implant is removed.",
  logic:
    "compute.images.delete or compute.machineImages.delete, in any API version, whether it succeeds, fails or only begins.",
  family: "machine-image",
  technique: "T1485",
  references: [
    "https://attack.mitre.org/techniques/T1485/",
    "https://cloud.google.com/compute/docs/images/create-custom",
  ],
  falsePositives: ["Clean-up of old images by a pipeline"],
  base: 15,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      operation: { contains: ["compute.images.delete", "compute.machineimages.delete"] },
    },
  ],
});
