import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { acrTask } from "./acr-task.ts";

const registry = (operation: string, rest: Record<string, unknown> = {}) =>
  azureRecord({
    operationName: `Microsoft.ContainerRegistry/registries/${operation}`,
    resourceId: "/subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/prod",
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a task", registry("tasks/write"), true],
  ["a task's run", registry("taskRuns/write"), true],
  [
    "a run, in capitals",
    azureRecord({ operationName: "MICROSOFT.CONTAINERREGISTRY/REGISTRIES/SCHEDULERUN/ACTION" }),
    true,
  ],
  ["a build's source, refused", registry("listBuildSourceUploadUrl/action", { resultType: "Failed" }), true],
  ["tasks looked at", registry("tasks/read"), false],
  ["a run's log", registry("runs/listLogSasUrl/action"), false],
  ["a task deleted", registry("tasks/delete"), false],
])("%s", ([, record, expected]) => {
  expect(fires(acrTask, record)).toBe(expected);
});
