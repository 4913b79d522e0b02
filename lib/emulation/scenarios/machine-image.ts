import { iamUser } from "../callers.ts";
import { HOUR_MS, MINUTE_MS } from "../cloudtrail-log.ts";
import type { Scenario } from "../scenario.ts";

const EC2 = "ec2.amazonaws.com";

export const amiFromInstance: Scenario = {
  name: "ami-from-instance",
  kind: "attack",
  what: "A forgotten key makes a machine image from a running instance, without rebooting it, and waits until it is ready.",
  play({ cloudTrail, end, random }) {
    const stolen = iamUser("svc-legacy", "203.0.113.66", "aws-cli/2.17.32 md/command#ec2.create-image");
    const start = end - HOUR_MS;
    const imageId = `ami-0${random.hex(16)}`;
    const instanceId = "i-0feedface00000001";
    cloudTrail.add(start, stolen, {
      eventSource: EC2,
      eventName: "DescribeInstances",
      requestParameters: { instancesSet: {}, filterSet: {} },
    });
    cloudTrail.add(start + MINUTE_MS, stolen, {
      eventSource: EC2,
      eventName: "CreateImage",
      requestParameters: { instanceId, name: "web-base", noReboot: true },
      responseElements: { requestId: random.uuid(), imageId },
    });
    for (let wait = 2; wait < 6; wait++) {
      cloudTrail.add(start + wait * MINUTE_MS, stolen, {
        eventSource: EC2,
        eventName: "DescribeImages",
        requestParameters: { imagesSet: { items: [{ imageId }] } },
      });
    }
  },
};
