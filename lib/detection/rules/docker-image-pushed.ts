import { defineRule } from "../rule.ts";

export const dockerImagePushed = defineRule({
  id: "docker-image-pushed",
  title: "An image was pushed from a Docker host",
  why: "The host tells which image left it; the registry tells who took it. Together with a pull, a build or a commit of the same name it is the whole way of an implant.",
  logic: "A Docker daemon tells of an image that was pushed. Its events name no user.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.docker.com/reference/cli/docker/image/push/",
  ],
  falsePositives: ["A build host of a pipeline"],
  base: 25,
  match: [{ platform: "container", logs: ["docker"], service: ["docker"], operation: ["image push"] }],
});
