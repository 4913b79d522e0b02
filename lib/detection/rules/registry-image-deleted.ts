import { defineRule } from "../rule.ts";

export const registryImageDeleted = defineRule({
  id: "registry-image-deleted",
  title: "An image or tag was deleted from a registry",
  why: "Deleting plants nothing, but makes room for another image under the same tag, and removes evidence.",
  logic:
    "A registry of the distribution project, Harbor or Docker Hub tells of an image, a tag or a repository that was deleted.",
  family: "container-push",
  technique: "T1485",
  references: [
    "https://attack.mitre.org/techniques/T1485/",
    "https://distribution.github.io/distribution/about/notifications/",
  ],
  falsePositives: ["Clean-up by a pipeline or a retention policy"],
  base: 15,
  match: [
    { platform: "container", logs: ["registry-notification"], service: ["registry"], operation: ["delete"] },
    {
      platform: "container",
      logs: ["harbor"],
      service: ["harbor"],
      operation: ["DELETE_ARTIFACT", "deleteImage"],
    },
    {
      platform: "container",
      logs: ["docker-hub"],
      service: ["docker.io"],
      operation: ["repo.tag.delete", "repo.delete"],
    },
  ],
});
