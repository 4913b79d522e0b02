const EC2 = [
  ...["CreateImage", "RegisterImage", "CopyImage", "ImportImage", "DeregisterImage", "ExportImage"],
  ...["ModifyImageAttribute", "ResetImageAttribute", "DescribeImages", "DescribeImageAttribute"],
  ...["EnableImage", "DisableImage", "CreateRestoreImageTask", "CreateStoreImageTask"],
  ...["EnableImageDeregistrationProtection", "DisableImageDeregistrationProtection"],
  ...["EnableImageBlockPublicAccess", "DisableImageBlockPublicAccess", "EnableAllowedImagesSettings"],
  ...["DisableAllowedImagesSettings", "ReplaceImageCriteriaInAllowedImagesSettings"],
  ...["ImportSnapshot", "ImportVolume", "ImportInstance", "CreateInstanceExportTask"],
  ...[
    "CreateFpgaImage",
    "CopyFpgaImage",
    "ModifyFpgaImageAttribute",
    "ModifySnapshotAttribute",
    "RunInstances",
  ],
];
const ECR = [
  ...["PutImage", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "GetAuthorizationToken"],
  ...["BatchGetImage", "BatchDeleteImage", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer"],
  ...["PutImageTagMutability", "PutImageScanningConfiguration", "PutRegistryScanningConfiguration"],
  ...["SetRepositoryPolicy", "DeleteRepositoryPolicy", "PutRegistryPolicy", "DeleteRegistryPolicy"],
  ...["PutReplicationConfiguration", "CreatePullThroughCacheRule", "UpdatePullThroughCacheRule"],
  ...["PutLifecyclePolicy", "DeleteLifecyclePolicy", "CreateRepository", "DeleteRepository"],
];

const SERVICES: ReadonlyMap<string, string> = new Map([
  ...EC2.map((operation) => [operation, "ec2.amazonaws.com"] as const),
  ...ECR.map((operation) => [operation, "ecr.amazonaws.com"] as const),
]);

/** The service of an operation on images, for tables that do not say it; null for any other operation. */
export function awsServiceOf(operation: string): string | null {
  return SERVICES.get(operation) ?? null;
}

/** `EC2`, `Amazon EC2` and `ec2` as CloudTrail names it: `ec2.amazonaws.com`. */
export function awsServiceName(text: string): string {
  const name = text.replace(/^(amazon|aws)\s+/i, "").toLowerCase();
  return /^[a-z0-9-]+$/.test(name) ? `${name}.amazonaws.com` : name;
}
