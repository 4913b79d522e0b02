import { isOrganisation } from "../event-facts.ts";
import { defineRule } from "../rule.ts";
import { sharedWith } from "../signal.ts";

export const awsImageSharedWithOrganisation = defineRule({
  id: "aws-image-shared-with-organisation",
  title: "A machine image was shared with an organisation",
  why: "Every account of the organisation, or of one of its units, can start the image. Of a foreign organisation that is many strangers at once; of the own one it is the way by which an implant reaches all of it.",
  logic:
    "ModifyImageAttribute adds the ARN of an organisation or of an organisational unit to the launch permissions. Taking it away does not fire.",
  family: "machine-image",
  technique: "T1537",
  references: [
    "https://attack.mitre.org/techniques/T1537/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/share-amis-with-organizations-and-OUs.html",
  ],
  falsePositives: ["A golden image that is given to the whole of the own organisation"],
  base: 25,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["ModifyImageAttribute"],
    },
  ],
  when: (event) => sharedWith(event).some(isOrganisation),
});
