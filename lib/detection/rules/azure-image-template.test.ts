import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { azureImageTemplate } from "./azure-image-template.ts";

const call = (operationName: string, rest: Record<string, unknown> = {}) =>
  azureRecord({ operationName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["written", call("Microsoft.VirtualMachineImages/imageTemplates/write"), true],
  ["run, in capitals", call("MICROSOFT.VIRTUALMACHINEIMAGES/IMAGETEMPLATES/RUN/ACTION"), true],
  ["refused", call("Microsoft.VirtualMachineImages/imageTemplates/write", { resultType: "Failed" }), true],
  ["cancelled", call("Microsoft.VirtualMachineImages/imageTemplates/cancel/action"), false],
  [
    "what it has made looked at",
    call("Microsoft.VirtualMachineImages/imageTemplates/runOutputs/read"),
    false,
  ],
  ["deleted", call("Microsoft.VirtualMachineImages/imageTemplates/delete"), false],
])("%s", ([, record, expected]) => {
  expect(fires(azureImageTemplate, record)).toBe(expected);
});
