import { defineRule } from "../rule.ts";

export const awsImageExported = defineRule({
  id: "aws-image-exported",
  title: "A machine image or instance was exported to a bucket",
  why: "The disk leaves EC2 as a file, which can be copied anywhere, read, changed and brought back as another image.",
  logic:
    "EC2 is called to store an image (CreateStoreImageTask) or to export one or an instance (ExportImage, CreateInstanceExportTask), whether the call succeeds or fails.",
  family: "machine-image",
  technique: "T1537",
  references: [
    "https://attack.mitre.org/techniques/T1537/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateStoreImageTask.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ExportImage.html",
  ],
  falsePositives: [
    "Migration to another platform",
    "Disaster recovery that keeps images in a bucket",
    "Forensics",
  ],
  base: 35,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["CreateStoreImageTask", "ExportImage", "CreateInstanceExportTask"],
    },
  ],
});
