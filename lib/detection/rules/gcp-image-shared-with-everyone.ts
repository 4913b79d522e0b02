import { defineRule } from "../rule.ts";
import { sharedWith } from "../signal.ts";

export const gcpImageSharedWithEveryone = defineRule({
  id: "gcp-image-shared-with-everyone",
  title: "A machine image was shared with everyone in Google Cloud",
  why: "Whoever has an account at Google can start the image and read all that is on its disk.",
  logic:
    "setIamPolicy on an image or machine image, in any API version, gives a role to allUsers or allAuthenticatedUsers, whether it succeeds or fails. Where the log says what was changed only that counts, else the whole new policy.",
  family: "machine-image",
  technique: "T1537",
  references: [
    "https://attack.mitre.org/techniques/T1537/",
    "https://cloud.google.com/compute/docs/images/managing-access-custom-images",
  ],
  falsePositives: ["A product image that the organisation publishes on purpose"],
  base: 40,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      operation: { contains: ["compute.images.setiampolicy", "compute.machineimages.setiampolicy"] },
    },
  ],
  when: (event) => sharedWith(event).includes("all"),
});
