import { isOrganisation } from "../event-facts.ts";
import { defineRule } from "../rule.ts";
import { foreignParties } from "../signal.ts";

export const awsImageSharedWithAccount = defineRule({
  id: "aws-image-shared-with-account",
  title: "A machine image was shared with another account",
  why: "The other account can start the image and copy what is on its disk, without a trace in this one. Accounts of attackers get images in this way.",
  logic:
    "ModifyImageAttribute adds an account id to the launch permissions that is not the account in which it happens. Taking it away does not fire.",
  family: "machine-image",
  technique: "T1537",
  references: [
    "https://attack.mitre.org/techniques/T1537/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html",
  ],
  falsePositives: [
    "A golden image that is given to the organisation's other accounts",
    "AWS Marketplace, WorkSpaces and Backup, which share images by design",
  ],
  base: 35,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["ModifyImageAttribute"],
    },
  ],
  when: (event, organisation) => foreignParties(event, organisation).some((party) => !isOrganisation(party)),
});
