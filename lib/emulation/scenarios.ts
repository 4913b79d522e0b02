import type { Scenario } from "./scenario.ts";
import { acrImport } from "./scenarios/azure-registry.ts";
import {
  ciGoldenImage,
  ciGoldenImageAbused,
  disasterRecovery,
  disasterRecoveryAbused,
  forensicImage,
  forensicImageAbused,
  registryMirroring,
  registryMirroringAbused,
  terraformRun,
  terraformRunAbused,
} from "./scenarios/benign.ts";
import { ccatChain, dockerImageModified, ecrPushChangedTag } from "./scenarios/containers.ts";
import { amiFromInstance } from "./scenarios/machine-image.ts";

/** What can be emulated: the implants, and work that only looks like one, each with what abuses it. */
export const SCENARIOS: readonly Scenario[] = [
  amiFromInstance,
  dockerImageModified,
  ecrPushChangedTag,
  acrImport,
  ccatChain,
  ciGoldenImage,
  ciGoldenImageAbused,
  disasterRecovery,
  disasterRecoveryAbused,
  terraformRun,
  terraformRunAbused,
  registryMirroring,
  registryMirroringAbused,
  forensicImage,
  forensicImageAbused,
];
