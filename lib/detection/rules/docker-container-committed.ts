import { defineRule } from "../rule.ts";

export const dockerContainerCommitted = defineRule({
  id: "docker-container-committed",
  title: "A running container was made into an image",
  why: "What was changed in the container by hand becomes an image that nobody can build again. It is the shortest way to an implant: start, change, commit, push.",
  logic: "A Docker daemon tells of a container that was committed.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.docker.com/reference/cli/docker/container/commit/",
  ],
  falsePositives: ["Debugging, when a state is kept for later"],
  base: 35,
  match: [{ platform: "container", logs: ["docker"], service: ["docker"], operation: ["container commit"] }],
});
