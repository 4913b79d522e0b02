import { isImagePush } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const registryPush = defineRule({
  id: "registry-push",
  title: "A container image was pushed to a registry",
  why: "Workloads pull by tag: whoever pushes to a repository decides what they run.",
  logic:
    "A registry of the distribution project, Harbor or Docker Hub tells of the push of a manifest or tag. Layers, signatures, attestations, lists of parts, charts and build caches do not count.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://distribution.github.io/distribution/about/notifications/",
    "https://goharbor.io/docs/main/working-with-projects/project-configuration/configure-webhooks/",
    "https://docs.docker.com/docker-hub/repos/manage/webhooks/",
  ],
  falsePositives: ["A CI/CD pipeline that publishes a build", "Mirroring of a public registry"],
  base: 25,
  match: [
    { platform: "container", logs: ["registry-notification"], service: ["registry"], operation: ["push"] },
    {
      platform: "container",
      logs: ["harbor"],
      service: ["harbor"],
      operation: ["PUSH_ARTIFACT", "pushImage"],
    },
    {
      platform: "container",
      logs: ["docker-hub"],
      service: ["docker.io"],
      operation: ["push", "repo.tag.push"],
    },
  ],
  when: isImagePush,
});
