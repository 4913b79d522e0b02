import { AzureLog } from "./azure-log.ts";
import { CloudTrailLog } from "./cloudtrail-log.ts";
import { DockerLog } from "./docker-log.ts";
import { Random } from "./random.ts";
import { RegistryLog } from "./registry-log.ts";

/** Where a scenario writes down what happens: a log for each source. */
export type Stage = {
  /** The last moment of the scenario, in milliseconds. */
  end: number;
  random: Random;
  cloudTrail: CloudTrailLog;
  azure: AzureLog;
  docker: DockerLog;
  registry: RegistryLog;
};

/** `attack`: an implant. `benign`: work that looks like one. `abuse`: somebody who does an implant in the clothes of such work. */
export type ScenarioKind = "attack" | "benign" | "abuse";

export type Scenario = {
  name: string;
  kind: ScenarioKind;
  /** What happens, in one sentence. */
  what: string;
  play(stage: Stage): void;
};

/** A log as it would be delivered: `records` by their source's name for files. */
export type EmulatedLog = { name: string; form: "cloudtrail" | "lines"; records: unknown[] };

/** The logs that a scenario leaves when it ends at `end`: the same each time for the same `seed`. Sources with nothing are left out. */
export function emulate(scenario: Scenario, { end, seed }: { end: Date; seed: number }): EmulatedLog[] {
  const random = new Random(seed);
  const stage: Stage = {
    end: end.getTime(),
    random,
    cloudTrail: new CloudTrailLog(random, end),
    azure: new AzureLog(random),
    docker: new DockerLog(),
    registry: new RegistryLog(random, "registry.example.com:5000"),
  };
  scenario.play(stage);
  const logs: EmulatedLog[] = [
    { name: "cloudtrail", form: "cloudtrail", records: stage.cloudTrail.records() },
    { name: "azure-activity", form: "lines", records: stage.azure.records() },
    { name: "docker-events", form: "lines", records: stage.docker.records() },
    { name: "registry-notifications", form: "lines", records: stage.registry.records() },
  ];
  return logs.filter(({ records }) => records.length > 0);
}
