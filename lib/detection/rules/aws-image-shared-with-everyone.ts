import { defineRule } from "../rule.ts";
import { sharedWith } from "../signal.ts";

export const awsImageSharedWithEveryone = defineRule({
  id: "aws-image-shared-with-everyone",
  title: "A machine image was shared with everyone",
  why: "Whoever has an AWS account can start the image and read all that is on its disk: keys, code, data. It is also how an implant is offered to others, who find it among the public images.",
  logic: 'ModifyImageAttribute adds the group "all" to the launch permissions. Taking it away does not fire.',
  family: "machine-image",
  technique: "T1537",
  references: [
    "https://attack.mitre.org/techniques/T1537/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html",
  ],
  falsePositives: ["A product image that the organisation publishes on purpose"],
  base: 40,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["ModifyImageAttribute"],
    },
  ],
  when: (event) => sharedWith(event).includes("all"),
});
