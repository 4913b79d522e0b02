import { defineRule } from "../rule.ts";

export const awsImagePipelineChanged = defineRule({
  id: "aws-image-pipeline-changed",
  title: "A pipeline of EC2 Image Builder was changed",
  why: "What a component, a recipe or a workflow says is run while golden images are made, and what a distribution says is where they go. One changed step is in every image from then on.",
  logic:
    "Image Builder is called to create, import, update or start what images are made of (components, recipes, pipelines, workflows, infrastructure and distribution configurations, lifecycle policies), or to change who may use them, whether the call succeeds or fails.",
  family: "machine-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html",
    "https://docs.aws.amazon.com/imagebuilder/latest/userguide/what-is-image-builder.html",
  ],
  falsePositives: [
    "Infrastructure as code that brings the pipelines up to date",
    "Starting a pipeline by hand",
  ],
  base: 25,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["imagebuilder.amazonaws.com"],
      operation: [
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
      ],
    },
  ],
});
