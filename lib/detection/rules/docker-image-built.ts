import { defineRule } from "../rule.ts";

export const dockerImageBuilt = defineRule({
  id: "docker-image-built",
  title: "An image was built on a Docker host",
  why: "An attacker who cannot reach a registry builds on the host itself, from an image that is there, and starts or pushes what comes of it. BuildKit, which is the default today, leaves no such event: its absence says nothing.",
  logic: "A Docker daemon tells of an image that was built.",
  family: "container-push",
  technique: "T1612",
  references: [
    "https://attack.mitre.org/techniques/T1612/",
    "https://docs.docker.com/reference/cli/docker/system/events/",
  ],
  falsePositives: ["A build host of a pipeline", "A developer's machine"],
  base: 20,
  match: [
    {
      platform: "container",
      logs: ["docker"],
      service: ["docker"],
      operation: ["image build", "image create", "builder build"],
    },
  ],
});
