import { defineRule } from "../rule.ts";

export const dockerImageLoaded = defineRule({
  id: "docker-image-loaded",
  title: "An image was brought to a Docker host as a file",
  why: "An image that is loaded or imported passes no registry: no scan, no signature, no log of a push saw it.",
  logic: "A Docker daemon tells of an image that was loaded from an archive or imported from a file system.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.docker.com/reference/cli/docker/image/load/",
  ],
  falsePositives: [
    "Hosts without a network, which get images as files",
    "Build tools that load what they have built",
  ],
  base: 25,
  match: [
    {
      platform: "container",
      logs: ["docker"],
      service: ["docker"],
      operation: ["image load", "image import"],
    },
  ],
});
