import { hasDetail } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const gcpImageFromBucket = defineRule({
  id: "gcp-image-from-bucket",
  title: "A machine image was made of a disk in a bucket in Google Cloud",
  why: "The disk was made elsewhere, by whoever could write the object. Nothing of what is in it was seen here.",
  logic:
    "compute.images.insert with a raw disk as its source, in any API version, whether it succeeds, fails or only begins. The last entry of a long operation has no request: it is of the rule on images made.",
  family: "machine-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://cloud.google.com/compute/docs/images/import-existing-image",
  ],
  falsePositives: ["Migration of machines from a data centre"],
  base: 30,
  match: [{ platform: "gcp", logs: ["gcp-audit"], operation: { contains: ["compute.images.insert"] } }],
  when: (event) => hasDetail(event, "rawDisk"),
});
