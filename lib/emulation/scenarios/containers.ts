import { iamUser, PRODUCTION, role } from "../callers.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, REGION } from "../cloudtrail-log.ts";
import type { Scenario, Stage } from "../scenario.ts";

const ECR = "ecr.amazonaws.com";
const REPOSITORY = "prod/api";
const TAG = "1.14.2";
const CCAT_AGENT = "Boto3/1.9.253 Python/3.7.4 Linux/5.2.0 Botocore/1.12.253";

export const dockerImageModified: Scenario = {
  name: "docker-image-modified",
  kind: "attack",
  what: "On a build host an image is run, changed from inside, committed and pushed back to the local registry under its own tag.",
  play({ docker, registry, random, end }) {
    const start = end - HOUR_MS;
    const repository = "shop/web";
    const reference = `${registry.host}/${repository}:2.4`;
    const container = random.hex(64);
    const client = { actor: "builder", addr: "203.0.113.66:51844", useragent: "docker/24.0.2 go/go1.20.4" };
    const layers = [0, 1].map(() => `sha256:${random.hex(64)}`);
    const before = { repository, tag: "2.4", digest: `sha256:${random.hex(64)}`, layers };
    const after = { ...before, digest: `sha256:${random.hex(64)}`, layers: [`sha256:${random.hex(64)}`] };
    registry.push(start - 20 * DAY_MS, { ...client, actor: "release", addr: "10.20.9.3:40112" }, before);
    registry.pull(start, client, before);
    docker.image(start, "pull", reference);
    const attributes = { image: reference, name: "quiet_wing" };
    for (const [step, action] of ["create", "start", "exec_create: /bin/sh", "commit", "die"].entries()) {
      docker.container(start + (step + 1) * MINUTE_MS, action, container, attributes);
    }
    docker.image(start + 7 * MINUTE_MS, "tag", `sha256:${random.hex(64)}`, reference);
    docker.image(start + 8 * MINUTE_MS, "push", reference);
    registry.push(start + 8 * MINUTE_MS, client, after);
  },
};

export const ecrPushChangedTag: Scenario = {
  name: "ecr-push-changed-tag",
  kind: "attack",
  what: "A forgotten key pushes an image of its own under a version that the release pipeline had pushed twelve days before.",
  play(stage) {
    releases(stage);
    const { cloudTrail, end } = stage;
    const start = end - HOUR_MS;
    const stolen = iamUser("svc-legacy", "203.0.113.66", "aws-cli/2.17.32 md/command#ecr.get-login-password");
    cloudTrail.add(start, stolen, { eventSource: ECR, eventName: "GetAuthorizationToken" });
    cloudTrail.push(start + MINUTE_MS, daemonOf(stolen), REPOSITORY, TAG, 1);
  },
};

export const ccatChain: Scenario = {
  name: "ccat-chain",
  kind: "attack",
  what: "With Rhino Security Labs' CCAT: repositories are listed, an image is pulled, built upon and pushed back under the same tag.",
  play(stage) {
    releases(stage);
    const { cloudTrail, docker, end, random } = stage;
    const start = end - HOUR_MS;
    const stolen = iamUser("svc-legacy", "203.0.113.66", CCAT_AGENT);
    const daemon = daemonOf(stolen);
    const request = { registryId: PRODUCTION, repositoryName: REPOSITORY };
    cloudTrail.add(start, stolen, { eventSource: ECR, eventName: "DescribeRepositories" });
    cloudTrail.add(start + MINUTE_MS, stolen, {
      eventSource: ECR,
      eventName: "ListImages",
      requestParameters: request,
    });
    cloudTrail.add(start + 2 * MINUTE_MS, stolen, { eventSource: ECR, eventName: "GetAuthorizationToken" });
    cloudTrail.add(start + 3 * MINUTE_MS, daemon, {
      eventSource: ECR,
      eventName: "BatchGetImage",
      requestParameters: { ...request, imageIds: [{ imageTag: TAG }] },
    });
    cloudTrail.add(start + 4 * MINUTE_MS, daemon, {
      eventSource: ECR,
      eventName: "GetDownloadUrlForLayer",
      requestParameters: { ...request, layerDigest: `sha256:${random.hex(64)}` },
    });
    const reference = `${PRODUCTION}.dkr.ecr.${REGION}.amazonaws.com/${REPOSITORY}:${TAG}`;
    docker.image(start + 3 * MINUTE_MS, "pull", reference);
    docker.image(start + 6 * MINUTE_MS, "build", reference);
    docker.image(start + 6 * MINUTE_MS, "tag", `sha256:${random.hex(64)}`, reference);
    docker.image(start + 9 * MINUTE_MS, "push", reference);
    cloudTrail.add(start + 8 * MINUTE_MS, daemon, {
      eventSource: ECR,
      eventName: "BatchCheckLayerAvailability",
      requestParameters: { ...request, layerDigests: [`sha256:${random.hex(64)}`] },
    });
    cloudTrail.push(start + 9 * MINUTE_MS, daemon, REPOSITORY, TAG, 2);
  },
};

/** Three weeks of a release pipeline, whose version of twelve days ago is `TAG`. */
function releases({ cloudTrail, end }: Stage): void {
  for (let day = 21; day >= 3; day -= 3) {
    const release = role("release", `release-${day}`, "198.51.100.24", "aws-cli/2.17.32");
    const time = end - day * DAY_MS;
    cloudTrail.add(time, release, { eventSource: ECR, eventName: "GetAuthorizationToken" });
    const tag = day === 12 ? TAG : `1.${20 - day}.0`;
    cloudTrail.push(time + MINUTE_MS, daemonOf(release), REPOSITORY, tag, 3);
  }
}

/** What ECR logs of a caller when the Docker daemon calls in their name. */
function daemonOf<Caller extends { sourceIPAddress: string; userAgent: string }>(caller: Caller): Caller {
  return { ...caller, sourceIPAddress: "AWS Internal", userAgent: "AWS Internal" };
}
