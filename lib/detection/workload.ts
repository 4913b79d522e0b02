/** What runs containers in Kubernetes, as the API names it in the plural. */
const WORKLOADS = [
  "pods",
  "deployments",
  "daemonsets",
  "statefulsets",
  "replicasets",
  "replicationcontrollers",
  "jobs",
  "cronjobs",
];
const WRITES = ["create", "update", "patch"];

/** Operations of the API server's audit log that say which images are to run. */
export const WORKLOAD_WRITES = [
  ...WRITES.flatMap((verb) => WORKLOADS.map((workload) => `${verb} ${workload}`)),
  "update pods/ephemeralcontainers",
  "patch pods/ephemeralcontainers",
];

/** The same as parts of the method names by which Google logs them (`io.k8s.apps.v1.deployments.create`). */
export const GKE_WORKLOAD_WRITES = WRITES.flatMap((verb) =>
  WORKLOADS.map((workload) => `${workload}.${verb}`),
);

const WEBHOOKS = ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"];
const POLICIES = [
  "validatingadmissionpolicies",
  "validatingadmissionpolicybindings",
  "mutatingadmissionpolicies",
  "mutatingadmissionpolicybindings",
  "clusterpolicies",
  "policies",
  "imagevalidatingpolicies",
  "validatingpolicies",
  "constrainttemplates",
];
const REMOVALS = ["delete", "deletecollection"];

/** Each verb and what it is done to that takes a guard of admission away, or changes one. */
const GUARD_CHANGES = [
  ...REMOVALS.flatMap((verb) => [...WEBHOOKS, ...POLICIES].map((guard) => [verb, guard] as const)),
  ...["update", "patch"].flatMap((verb) => WEBHOOKS.map((guard) => [verb, guard] as const)),
];

export const ADMISSION_CHANGES = GUARD_CHANGES.map(([verb, guard]) => `${verb} ${guard}`);
/** A part of a name must not be found inside another's: `networkpolicies.delete` is no policy of admission. */
export const GKE_ADMISSION_CHANGES = GUARD_CHANGES.map(([verb, guard]) => `.${guard}.${verb}`);
