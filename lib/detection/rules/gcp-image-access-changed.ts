import { defineRule } from "../rule.ts";
import { foreignParties, sharedWith } from "../signal.ts";

export const gcpImageAccessChanged = defineRule({
  id: "gcp-image-access-changed",
  title: "Access to a machine image was changed in Google Cloud",
  why: "Whoever may use an image starts it; whoever may change its policy shares it on. A change inside the own domain prepares both.",
  logic:
    "setIamPolicy on an image or machine image, in any API version, whether it succeeds or fails, that reaches neither everyone nor somebody outside the project and its domain: those have rules of their own.",
  family: "machine-image",
  technique: "T1098",
  references: [
    "https://attack.mitre.org/techniques/T1098/",
    "https://cloud.google.com/compute/docs/images/managing-access-custom-images",
  ],
  falsePositives: ["Infrastructure as code that sets access"],
  base: 15,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      operation: { contains: ["compute.images.setiampolicy", "compute.machineimages.setiampolicy"] },
    },
  ],
  when: (event, organisation) =>
    !sharedWith(event).includes("all") && foreignParties(event, organisation).length === 0,
});
