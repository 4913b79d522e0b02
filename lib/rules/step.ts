import type { Rule } from "#lib/detection/rule.ts";

/** What an attacker does with images, in the order of an attack, by the techniques of MITRE ATT&CK. */
export const STEPS = {
  access: { label: "Access widened", techniques: ["T1098", "T1098.001", "T1552"] },
  guards: { label: "Guards lowered", techniques: ["T1562", "T1562.001"] },
  implant: { label: "Image implanted", techniques: ["T1525", "T1612"] },
  run: { label: "Image run", techniques: ["T1204.003", "T1496", "T1610"] },
  share: { label: "Image taken out", techniques: ["T1537"] },
  destroy: { label: "Images destroyed", techniques: ["T1485"] },
} as const satisfies Record<string, { label: string; techniques: readonly string[] }>;
export type Step = keyof typeof STEPS;
export const STEP_NAMES = Object.keys(STEPS) as Step[];

/** The step that a rule looks for; undefined where its technique belongs to none. */
export function stepOf({ technique }: Pick<Rule, "technique">): Step | undefined {
  return STEP_NAMES.find((step) => {
    const techniques: readonly string[] = STEPS[step].techniques;
    return techniques.includes(technique);
  });
}

/** Where MITRE describes a technique. */
export function techniqueUrl(technique: string): string {
  return `https://attack.mitre.org/techniques/${technique.replace(".", "/")}/`;
}
