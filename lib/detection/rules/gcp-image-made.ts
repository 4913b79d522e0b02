import { hasDetail } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const gcpImageMade = defineRule({
  id: "gcp-image-made",
  title: "A machine image was made in Google Cloud",
  why: "Machines and instance templates start from images, and often from the newest of a family. Whoever makes one decides what each of them runs.",
  logic:
    "compute.images.insert or compute.machineImages.insert, in any API version, whether it succeeds, fails or only begins. An image of a raw disk in a bucket has a rule of its own.",
  family: "machine-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://cloud.google.com/compute/docs/images/create-custom",
  ],
  falsePositives: ["Packer or Cloud Build making a golden image", "Backup of machines"],
  base: 25,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      operation: { contains: ["compute.images.insert", "compute.machineimages.insert"] },
    },
  ],
  when: (event) => !hasDetail(event, "rawDisk"),
});
