import { z } from "zod";
import { PLATFORMS } from "#lib/logs/normalize/event.ts";
import { FAMILY_NAMES } from "./family.ts";

const texts = z.array(z.string().min(1)).min(1);

/** A text must be one of these, exactly; or contain one of those, in any case. */
const conditionSchema = z.union([texts, z.strictObject({ contains: texts })]);
export type Condition = z.infer<typeof conditionSchema>;

/** All that are given must hold. */
const matchSchema = z.strictObject({
  platform: z.enum(PLATFORMS),
  service: conditionSchema.optional(),
  operation: conditionSchema,
});

const ruleSchema = z.strictObject({
  /** Equals the name of its file. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string().min(10),
  /** Why it deserves attention, for whoever opens the alert. */
  why: z.string().min(20),
  family: z.enum(FAMILY_NAMES),
  /** MITRE ATT&CK. */
  technique: z.string().regex(/^T\d{4}(\.\d{3})?$/),
  references: z.array(z.url({ protocol: /^https$/ })).min(1),
  falsePositives: texts,
  /** Points before anything about the single event is added or taken away. */
  base: z.int().min(0).max(100),
  match: matchSchema,
  unless: z.strictObject({ operation: conditionSchema }).optional(),
});

/** A named description of events worth attention. */
export type Rule = z.infer<typeof ruleSchema>;

/** Parses when the module loads, so that a malformed rule never starts the program. */
export function defineRule(rule: z.input<typeof ruleSchema>): Rule {
  return ruleSchema.parse(rule);
}
