import { defineRule } from "../rule.ts";
import { foreignParties } from "../signal.ts";

export const gcpImageSharedWithForeignDomain = defineRule({
  id: "gcp-image-shared-with-foreign-domain",
  title: "A machine image was shared outside the project's own domain in Google Cloud",
  why: "Somebody outside may start the image, or change it. Images leave a project in this way without being copied.",
  logic:
    "setIamPolicy on an image or machine image, in any API version, gives a role to somebody who is neither of the project nor of the e-mail domain of the person who shares it, whether it succeeds or fails. If a service account shares it, whoever is not of the project is outside.",
  family: "machine-image",
  technique: "T1537",
  references: [
    "https://attack.mitre.org/techniques/T1537/",
    "https://cloud.google.com/compute/docs/images/managing-access-custom-images",
  ],
  falsePositives: ["Sharing with the organisation's other projects or domains"],
  base: 35,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      operation: { contains: ["compute.images.setiampolicy", "compute.machineimages.setiampolicy"] },
    },
  ],
  when: (event, organisation) => foreignParties(event, organisation).length > 0,
});
