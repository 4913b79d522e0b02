/** Keywords are matched as whole words in any case, wherever they stand in a record. */
const SEED = [
  "CreateImage",
  "RegisterImage",
  "CopyImage",
  "ImportImage",
  "ModifyImageAttribute",
  "PutImage",
  "InitiateLayerUpload",
  "CompleteLayerUpload",
];

const AWS_IMAGES = [
  ...SEED,
  "ResetImageAttribute",
  "DeregisterImage",
  "ExportImage",
  "CreateFpgaImage",
  "CopyFpgaImage",
  "CreateStoreImageTask",
  "CreateRestoreImageTask",
  "CreateInstanceExportTask",
  "ImportSnapshot",
  "ModifySnapshotAttribute",
  "DisableImageBlockPublicAccess",
  "EnableImageBlockPublicAccess",
  "CreateRepository",
  "DeleteRepository",
  "BatchDeleteImage",
  "SetRepositoryPolicy",
  "DeleteRepositoryPolicy",
  "PutRegistryPolicy",
  "PutReplicationConfiguration",
  "PutImageTagMutability",
  "PutImageScanningConfiguration",
  "PutLifecyclePolicy",
  "DeleteLifecyclePolicy",
  "CreatePullThroughCacheRule",
  "UpdatePullThroughCacheRule",
  "PutRegistryScanningConfiguration",
  "DisableAllowedImagesSettings",
  "EnableAllowedImagesSettings",
  "ReplaceImageCriteriaInAllowedImagesSettings",
  "DisableImage",
  "DisableImageDeregistrationProtection",
  "ModifyFpgaImageAttribute",
  "ImportVolume",
  "ImportInstance",
  "CreateComponent",
  "ImportComponent",
  "PutComponentPolicy",
  "CreateImageRecipe",
  "CreateContainerRecipe",
  "PutImageRecipePolicy",
  "PutContainerRecipePolicy",
  "PutImagePolicy",
  "CreateImagePipeline",
  "UpdateImagePipeline",
  "StartImagePipelineExecution",
  "CreateWorkflow",
  "CreateInfrastructureConfiguration",
  "UpdateInfrastructureConfiguration",
  "CreateDistributionConfiguration",
  "UpdateDistributionConfiguration",
  "ImportVmImage",
  "ImportDiskImage",
];

const AWS_CONTEXT = [
  "GetAuthorizationToken",
  "GetCallerIdentity",
  "AssumeRole",
  "AssumeRoleWithSAML",
  "AssumeRoleWithWebIdentity",
  "ConsoleLogin",
  "DescribeImages",
  "DescribeImageAttribute",
  "DescribeRepositories",
  "DescribeImageScanFindings",
  "ListImages",
  "BatchGetImage",
  "BatchCheckLayerAvailability",
  "UploadLayerPart",
  "CreateSnapshot",
  "CopySnapshot",
  "CreateVolume",
  "RunInstances",
  "CreateLaunchTemplate",
  "CreateLaunchTemplateVersion",
  "ModifyLaunchTemplate",
  "CreateLaunchConfiguration",
  "CreateAutoScalingGroup",
  "UpdateAutoScalingGroup",
  "RegisterTaskDefinition",
  "RunTask",
  "UpdateService",
  "CreateFunction20150331",
  "UpdateFunctionCode20150331v2",
];

export const AWS_KEYWORDS = { seed: SEED, images: AWS_IMAGES, context: [...AWS_IMAGES, ...AWS_CONTEXT] };

/**
 * Provider and type are looked for apart: some exporters write `\/` for the slash between them. Records of a registry's
 * own log name the registry as their resource.
 */
export const AZURE_KEYWORDS = {
  images: [
    '("microsoft.compute" (images OR galleries OR capture))',
    '"microsoft.containerregistry"',
    '"microsoft.virtualmachineimages"',
    "ContainerRegistryRepositoryEvents",
  ],
  context: [
    '"microsoft.compute"',
    '"microsoft.containerregistry"',
    '"microsoft.virtualmachineimages"',
    '"microsoft.containerinstance"',
    '"microsoft.containerservice"',
    '"microsoft.app"',
    '"microsoft.authorization"',
    "ContainerRegistryRepositoryEvents",
    "ContainerRegistryLoginEvents",
  ],
};

/**
 * The seed's filter in operators that Sumo has. What Sumo finds no operation in passes: a list of records in one message,
 * say, which is taken apart here. Quoted patterns are globs, case counts, and a slash has no known escape in a regex.
 * Azure names its operation by the way in which its log was collected; of a REST record Sumo gives an object's text.
 */
export const SEED_STAGES = `| json field=_raw "eventName", "operationName", "OperationName", "OperationNameValue" as aws_op, az_op_1, az_op_2, az_op_3 nodrop
| if(isBlank(az_op_1), if(isBlank(az_op_2), az_op_3, az_op_2), az_op_1) as az_op
| if(isBlank(aws_op), "Azure", "AWS") as Platform
| if(Platform = "AWS", aws_op, toLowerCase(az_op)) as EventOp
| where isBlank(EventOp)
  or (Platform = "AWS" and EventOp in (${SEED.map((name) => `"${name}"`).join(", ")}))
  or (Platform = "Azure" and (EventOp matches "*microsoft.compute/images*"
    or EventOp matches "*microsoft.compute/virtualmachines/capture*"
    or EventOp matches "*microsoft.containerregistry/registries/push*"
    or EventOp matches "*microsoft.containerregistry/registries/importimage*"))
| fields Platform, EventOp`;
