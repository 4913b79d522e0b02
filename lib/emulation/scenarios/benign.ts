import { type Caller, role, STAGING } from "../callers.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, REGION } from "../cloudtrail-log.ts";
import type { Scenario, Stage } from "../scenario.ts";

const EC2 = "ec2.amazonaws.com";
const ECR = "ecr.amazonaws.com";
/** An account that is nobody's whom the organisation knows. */
const FOREIGN = "999988887777";
/** As long as it takes until what is new counts as new. */
const DAYS = 20;

const PACKER =
  "APN/1.0 HashiCorp/1.0 Packer/1.11.2 (+https://www.packer.io) packer-plugin-amazon/1.3.2 aws-sdk-go/1.44.114";
const TERRAFORM =
  "APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.65.0 aws-sdk-go-v2/1.30";

const packer = (address = "10.20.9.3") => role("image-builder", "i-0c0ffee0000000001", address, PACKER);
const backup = () => role("backup-dr", "nightly", "backup.amazonaws.com", "backup.amazonaws.com");
const terraform = (agent = TERRAFORM) => role("terraform", "apply", "198.51.100.24", agent);
const mirror = () => role("registry-mirror", "sync", "AWS Internal", "AWS Internal");
const responder = () =>
  role("incident-response", "case-4711", "192.0.2.30", "aws-cli/2.17.32 md/command#ec2.create-image");

export const ciGoldenImage: Scenario = {
  name: "ci-golden-image",
  kind: "benign",
  what: "Each night Packer builds the golden image from an instance of its own.",
  play: (stage) => eachDay(stage, (time) => goldenImage(stage, time, packer())),
};

export const ciGoldenImageAbused: Scenario = {
  name: "ci-golden-image-abused",
  kind: "abuse",
  what: "After three weeks of golden images Packer's role makes one more, from an address where it never was.",
  play(stage) {
    ciGoldenImage.play(stage);
    goldenImage(stage, stage.end - HOUR_MS, packer("203.0.113.66"));
  },
};

export const disasterRecovery: Scenario = {
  name: "disaster-recovery",
  kind: "benign",
  what: "Each night the backup service copies machine images to another region.",
  play: (stage) => eachDay(stage, (time) => void copyImage(stage, time)),
};

export const disasterRecoveryAbused: Scenario = {
  name: "disaster-recovery-abused",
  kind: "abuse",
  what: "After three weeks of nightly copies the backup's role shares the last one with a foreign account.",
  play(stage) {
    disasterRecovery.play(stage);
    const imageId = copyImage(stage, stage.end - 2 * HOUR_MS);
    share(stage, stage.end - HOUR_MS, backup(), imageId, { userId: FOREIGN });
  },
};

export const terraformRun: Scenario = {
  name: "terraform-run",
  kind: "benign",
  what: "Every few days Terraform registers an appliance's image from its snapshot.",
  play: (stage) => eachDay(stage, (time) => registerImage(stage, time, terraform()), 4),
};

export const terraformRunAbused: Scenario = {
  name: "terraform-run-abused",
  kind: "abuse",
  what: "An attack tool registers an image by the role and in the words of Terraform.",
  play(stage) {
    terraformRun.play(stage);
    const tool = terraform(`${TERRAFORM} stratus-red-team_${stage.random.uuid()}`);
    registerImage(stage, stage.end - HOUR_MS, tool);
  },
};

export const registryMirroring: Scenario = {
  name: "registry-mirroring",
  kind: "benign",
  what: "Each night public images are mirrored into the own registry, each version once.",
  play: (stage) => eachDay(stage, (time) => mirrorImages(stage, time, versionOf(time))),
};

export const registryMirroringAbused: Scenario = {
  name: "registry-mirroring-abused",
  kind: "abuse",
  what: "After three weeks of mirroring the mirror's role pushes another image under a version that it had mirrored before.",
  play(stage) {
    registryMirroring.play(stage);
    mirrorImages(stage, stage.end - HOUR_MS, versionOf(stage.end - 10 * DAY_MS));
  },
};

export const forensicImage: Scenario = {
  name: "forensic-image",
  kind: "benign",
  what: "Responders make an image of an instance under suspicion, and share it with no one.",
  play(stage) {
    bystanders(stage);
    seize(stage, stage.end - 2 * HOUR_MS);
  },
};

export const forensicImageAbused: Scenario = {
  name: "forensic-image-abused",
  kind: "abuse",
  what: "In the responders' name the block on public sharing is lifted, an image made and shared with everyone.",
  play(stage) {
    bystanders(stage);
    stage.cloudTrail.add(stage.end - 3 * HOUR_MS, responder(), {
      eventSource: EC2,
      eventName: "DisableImageBlockPublicAccess",
      requestParameters: { DisableImageBlockPublicAccessRequest: {} },
      responseElements: {
        DisableImageBlockPublicAccessResponse: { imageBlockPublicAccessState: "unblocked" },
      },
    });
    const imageId = seize(stage, stage.end - 2 * HOUR_MS);
    share(stage, stage.end - HOUR_MS, responder(), imageId, { group: "all" });
  },
};

function eachDay({ end }: Stage, run: (time: number) => void, every = 1): void {
  for (let day = DAYS; day >= 1; day -= every) run(end - day * DAY_MS + 2 * HOUR_MS);
}

/** So that the account has a history. */
function bystanders({ cloudTrail, end }: Stage): void {
  for (let day = DAYS; day >= 1; day--) {
    cloudTrail.add(end - day * DAY_MS, responder(), { eventSource: EC2, eventName: "DescribeInstances" });
  }
}

function createImage({ cloudTrail, random }: Stage, time: number, caller: Caller, name: string): string {
  const imageId = `ami-0${random.hex(16)}`;
  cloudTrail.add(time, caller, {
    eventSource: EC2,
    eventName: "CreateImage",
    requestParameters: { instanceId: `i-0${random.hex(16)}`, name, noReboot: false },
    responseElements: { requestId: random.uuid(), imageId },
  });
  return imageId;
}

function goldenImage(stage: Stage, time: number, caller: Caller): void {
  const { cloudTrail } = stage;
  cloudTrail.add(time - 8 * MINUTE_MS, caller, { eventSource: EC2, eventName: "RunInstances" });
  const imageId = createImage(stage, time, caller, `golden-${new Date(time).toISOString().slice(0, 10)}`);
  cloudTrail.add(time + MINUTE_MS, caller, {
    eventSource: EC2,
    eventName: "DescribeImages",
    requestParameters: { imagesSet: { items: [{ imageId }] } },
  });
}

function seize(stage: Stage, time: number): string {
  return createImage(stage, time, responder(), "forensic-case-4711");
}

function copyImage({ cloudTrail, random }: Stage, time: number): string {
  const imageId = `ami-0${random.hex(16)}`;
  cloudTrail.add(time, backup(), {
    eventSource: EC2,
    eventName: "CopyImage",
    awsRegion: "eu-central-1",
    requestParameters: {
      sourceRegion: REGION,
      sourceImageId: `ami-0${random.hex(16)}`,
      name: `dr-copy-${new Date(time).toISOString().slice(0, 10)}`,
      encrypted: true,
    },
    responseElements: { requestId: random.uuid(), imageId },
  });
  return imageId;
}

function share(
  { cloudTrail, random }: Stage,
  time: number,
  caller: Caller,
  imageId: string,
  party: { userId: string } | { group: "all" },
): void {
  cloudTrail.add(time, caller, {
    eventSource: EC2,
    eventName: "ModifyImageAttribute",
    awsRegion: caller.userAgent === "backup.amazonaws.com" ? "eu-central-1" : REGION,
    requestParameters: {
      imageId,
      attributeType: "launchPermission",
      launchPermission: { add: { items: [party] } },
    },
    responseElements: { requestId: random.uuid(), _return: true },
  });
}

function registerImage({ cloudTrail, random }: Stage, time: number, caller: Caller): void {
  cloudTrail.add(
    time,
    { ...caller, recipientAccountId: STAGING },
    {
      eventSource: EC2,
      eventName: "RegisterImage",
      requestParameters: {
        name: `appliance-${random.hex(6)}`,
        architecture: "x86_64",
        rootDeviceName: "/dev/xvda",
        blockDeviceMapping: {
          items: [{ deviceName: "/dev/xvda", ebs: { snapshotId: `snap-0${random.hex(16)}` } }],
        },
      },
      responseElements: { requestId: random.uuid(), imageId: `ami-0${random.hex(16)}` },
    },
  );
}

/** What came out that day. */
function versionOf(time: number): string {
  return `3.${Math.floor(time / DAY_MS)}.0`;
}

function mirrorImages({ cloudTrail }: Stage, time: number, tag: string): void {
  const login = { ...mirror(), sourceIPAddress: "198.51.100.24", userAgent: "skopeo/1.16.1" };
  cloudTrail.add(time, login, { eventSource: ECR, eventName: "GetAuthorizationToken" });
  for (const [at, repository] of ["mirror/alpine", "mirror/nginx", "mirror/redis"].entries()) {
    cloudTrail.push(time + (at + 1) * MINUTE_MS, mirror(), repository, tag, 2);
  }
}
