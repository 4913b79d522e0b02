const EC2 = "ec2.amazonaws.com";
const ECR = "ecr.amazonaws.com";

const IMAGE_CALLS: ReadonlyMap<string, string> = new Map([
  ...[
    "CreateImage",
    "RegisterImage",
    "CopyImage",
    "ImportImage",
    "ModifyImageAttribute",
    "ResetImageAttribute",
    "DeregisterImage",
    "DescribeImages",
    "DescribeImageAttribute",
    "CreateRestoreImageTask",
    "CreateStoreImageTask",
    "ExportImage",
    "EnableImage",
    "DisableImage",
    "DisableImageBlockPublicAccess",
    "DisableAllowedImagesSettings",
    "ModifySnapshotAttribute",
    "RunInstances",
  ].map((operation) => [operation, EC2] as const),
  ...[
    "PutImage",
    "InitiateLayerUpload",
    "UploadLayerPart",
    "CompleteLayerUpload",
    "GetAuthorizationToken",
    "BatchGetImage",
    "BatchDeleteImage",
    "BatchCheckLayerAvailability",
    "GetDownloadUrlForLayer",
    "PutImageTagMutability",
    "PutImageScanningConfiguration",
    "SetRepositoryPolicy",
    "CreateRepository",
    "DeleteRepository",
    "DeleteRepositoryPolicy",
  ].map((operation) => [operation, ECR] as const),
]);

/** The service that has the operation, for tables that do not say it; null where several may. */
export function awsServiceOf(operation: string): string | null {
  return IMAGE_CALLS.get(operation) ?? null;
}

/** `EC2`, `Amazon EC2` and `ec2` as CloudTrail names it: `ec2.amazonaws.com`. */
export function awsServiceName(text: string): string {
  const name = text.replace(/^(amazon|aws)\s+/i, "").toLowerCase();
  return /^[a-z0-9-]+$/.test(name) ? `${name}.amazonaws.com` : name;
}
