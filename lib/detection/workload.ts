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
