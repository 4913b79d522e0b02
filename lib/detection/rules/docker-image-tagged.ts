import { defineRule } from "../rule.ts";

export const dockerImageTagged = defineRule({
  id: "docker-image-tagged",
  title: "An image got another name on a Docker host",
  why: "The name under which a host knows an image is what it starts and pushes. A foreign image under an own name is started in its place.",
  logic: "A Docker daemon tells of an image that was tagged.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.docker.com/reference/cli/docker/image/tag/",
  ],
  falsePositives: ["Every build that ends in a push"],
  base: 10,
  match: [{ platform: "container", logs: ["docker"], service: ["docker"], operation: ["image tag"] }],
});
