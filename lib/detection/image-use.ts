/** For so long after work on an image its use is part of the story. */
export const USED_MS = 24 * 3_600_000;

const WORKLOADS = "pods|deployments|daemonsets|statefulsets|replicasets|replicationcontrollers|jobs|cronjobs";

/**
 * The operations by which an image is started or pulled, not only looked at, as a pattern for JavaScript and PostgreSQL, in any
 * case: EC2's and ECR's, registries', Docker's, and those of the API server of Kubernetes, also as Google logs them.
 */
export const USE_PATTERN = `^(runinstances|batchgetimage|pull|pull_artifact|image pull|container (create|start)|docker-getmanifest|(create|update|patch) (${WORKLOADS}))$|[.](${WORKLOADS})[.](create|update|patch)$`;

/** Those by which it is pulled. */
export const PULL_PATTERN = "^(batchgetimage|pull|pull_artifact|image pull|docker-getmanifest)$";

/** Those by which Docker makes an image of another, and that which no pipeline has a use for. */
export const BUILD_PATTERN = "^(container commit|image (build|tag|create|import)|builder build)$";
export const COMMIT_PATTERN = "^container commit$";

const USE = new RegExp(USE_PATTERN, "i");
const BUILD = new RegExp(BUILD_PATTERN, "i");
const PULL = new RegExp(PULL_PATTERN, "i");

export function isUse(operation: string): boolean {
  return USE.test(operation);
}

/** Whether a push that comes later may be the end of a story that this is a part of. */
export function isPullOrBuild(operation: string): boolean {
  return PULL.test(operation) || BUILD.test(operation);
}
