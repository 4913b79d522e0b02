import type { LogSource, Platform } from "#lib/logs/normalize/event.ts";

/** Logs that a rule can look at. What came as a table with columns of its own is looked at as the log that it was made from. */
export type GuidedLog = Exclude<LogSource, "mapped-table">;

export type LogGuide = {
  platform: Platform;
  /** How the log is switched on and sent, where it does not come by itself. */
  how: string;
  /** What stays unseen even when it arrives. */
  blind: string | null;
};

/**
 * Sources: the vendors' own pages on each log ("Logging IAM and AWS STS API calls", "Azure Monitor activity log", "Monitor Azure
 * Container Registry", "Enable Data Access audit logs", Docker's "docker events", CNCF Distribution's "Notifications",
 * Kubernetes' "Auditing", Falco's "Output channels").
 */
export const LOG_GUIDES = {
  cloudtrail: {
    platform: "aws",
    how: "Every account logs its management events; a trail, best one of the whole organisation, delivers them. Data events are not needed.",
    blind:
      "Layers and images that are pushed come with “AWS Internal” as address and agent: who was behind it is told by the GetAuthorizationToken call before.",
  },
  "ecr-eventbridge": {
    platform: "aws",
    how: "A rule of Amazon EventBridge for the source aws.ecr, with a target that delivers what it gets.",
    blind: "It names neither a principal nor an address.",
  },
  "azure-activity": {
    platform: "azure",
    how: "Every subscription logs by itself; a diagnostic setting with the category Administrative sends it on.",
    blind: "Pushes to a container registry are not in it: those are in the registry's own logs.",
  },
  acr: {
    platform: "azure",
    how: "Off by default. A diagnostic setting of each registry with the categories ContainerRegistryRepositoryEvents and ContainerRegistryLoginEvents switches it on.",
    blind: null,
  },
  "gcp-audit": {
    platform: "gcp",
    how: "Admin Activity is always logged; a sink of the organisation delivers it.",
    blind:
      "Pushes to Artifact Registry are Data Access logs and off by default: switch on Data Write for artifactregistry.googleapis.com.",
  },
  "registry-notification": {
    platform: "container",
    how: "An endpoint under “notifications” in the registry's configuration; of Azure's registries a webhook, or a subscription of Event Grid.",
    blind: null,
  },
  "docker-hub": {
    platform: "container",
    how: "A webhook of each repository, and the audit log of the organisation.",
    blind: "The webhook names neither a digest nor an address.",
  },
  harbor: {
    platform: "container",
    how: "A webhook policy in each project, with the events of artifacts.",
    blind: null,
  },
  docker: {
    platform: "container",
    how: "On each build host a shipper that reads docker events --format '{{json .}}'.",
    blind:
      "It names neither a user nor an address, and what BuildKit builds leaves no event until it is tagged or pushed.",
  },
  falco: {
    platform: "container",
    how: "json_output and http_output in Falco's configuration, or Falcosidekick's webhook.",
    blind: null,
  },
  sysdig: {
    platform: "container",
    how: "Event forwarding of policy events to a webhook.",
    blind: null,
  },
  "kubernetes-audit": {
    platform: "container",
    how: "An audit policy of the API server that logs requests on pods, workloads and webhook configurations; on AKS the category kube-audit, on EKS the control plane log “audit”.",
    blind: null,
  },
} as const satisfies Record<GuidedLog, LogGuide>;

export const GUIDED_LOGS = Object.keys(LOG_GUIDES) as GuidedLog[];
