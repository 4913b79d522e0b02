import { defineRule } from "../rule.ts";

export const awsFpgaImage = defineRule({
  id: "aws-fpga-image",
  title: "An FPGA image was made, copied or shared",
  why: "An FPGA image is loaded into the hardware of an instance. A foreign one sees and changes what passes through it.",
  logic:
    "EC2 is called to make or copy an FPGA image or to change its attributes (CreateFpgaImage, CopyFpgaImage, ModifyFpgaImageAttribute), whether the call succeeds or fails.",
  family: "machine-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFpgaImage.html",
  ],
  falsePositives: ["A team that develops for FPGAs"],
  base: 20,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ec2.amazonaws.com"],
      operation: ["CreateFpgaImage", "CopyFpgaImage", "ModifyFpgaImageAttribute"],
    },
  ],
});
