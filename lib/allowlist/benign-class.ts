import type { ReasonClass } from "./entry.ts";

/** What is known of how an actor works. */
export type ActorHabits = {
  name: string;
  operations: readonly string[];
  userAgents: readonly string[];
  sessions: readonly string[];
  imageCount: number;
  detections: number;
};

/**
 * Marks of benign automation, from the tools' own sources. They only choose the class that a draft proposes: agents and
 * names are free text, and prove nothing.
 */
const MARKS: readonly (readonly [ReasonClass, (habits: ActorHabits) => boolean])[] = [
  ["forensic", ({ name }) => /forensic|incident|\bdfir\b|\bir-/i.test(name)],
  [
    "registry-mirroring",
    ({ userAgents, name }) =>
      userAgents.some((agent) => /skopeo\/|regclient|crane\/|go-containerregistry/i.test(agent)) ||
      /mirror|replicat/i.test(name),
  ],
  [
    "infrastructure-as-code",
    ({ userAgents, name }) =>
      userAgents.some((agent) =>
        /HashiCorp\/.*Terraform|terraform-provider|Pulumi|cloudformation/i.test(agent),
      ) || /terraform|pulumi|cloudformation|^role\/cdk-/i.test(name),
  ],
  [
    "disaster-recovery",
    ({ userAgents, name, operations }) =>
      userAgents.some((agent) =>
        /HashiCorp\/.*Packer|imagebuilder\.amazonaws|backup\.amazonaws/i.test(agent),
      ) ||
      /backup|recovery|\bdr\b|golden|packer|imagebuilder/i.test(name) ||
      (operations.length > 0 && operations.every((operation) => /^(CreateImage|CopyImage)$/.test(operation))),
  ],
  [
    "ci-cd",
    ({ sessions, operations }) =>
      sessions.some((session) => /GitHubActions|AWSCodeBuild|gitlab|jenkins|^i-/i.test(session)) ||
      operations.some((operation) => /PutImage|LayerUpload|\/push/i.test(operation)),
  ],
];

/** The class of benign work that an actor's habits look most like. */
export function benignClass(habits: ActorHabits): ReasonClass {
  return MARKS.find(([, holds]) => holds(habits))?.[0] ?? "other";
}
