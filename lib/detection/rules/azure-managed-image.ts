import { defineRule } from "../rule.ts";

export const azureManagedImage = defineRule({
  id: "azure-managed-image",
  title: "An Azure managed image was made or changed, or a virtual machine captured",
  why: "Machines and scale sets start from managed images. One that an attacker wrote or captured carries their code to each of them.",
  family: "managed-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://learn.microsoft.com/azure/role-based-access-control/permissions/compute",
  ],
  falsePositives: [
    "Azure Image Builder or Packer building a golden image",
    "An administrator capturing a machine before maintenance",
  ],
  logic:
    "Resource Manager is asked for anything on a managed image but to delete it, or to capture a virtual machine, however it ended.",
  base: 25,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: { contains: ["microsoft.compute/images", "microsoft.compute/virtualmachines/capture"] },
      except: ["microsoft.compute/images/delete"],
    },
  ],
});
