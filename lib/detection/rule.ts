import { z } from "zod";
import { LOG_SOURCES, type LogEvent, PLATFORMS } from "#lib/logs/normalize/event.ts";
import type { Organisation } from "#lib/organisation/organisation.ts";
import { FAMILY_NAMES } from "./family.ts";

const texts = z.array(z.string().min(1)).min(1);
const lowerTexts = z.array(z.string().regex(/^[^A-Z]+$/)).min(1);

/** A text must be one of these, exactly; or contain one of those, in any case. */
const conditionSchema = z.union([texts, z.strictObject({ contains: lowerTexts })]);
export type Condition = z.infer<typeof conditionSchema>;

/** Where a rule looks: all that are given must hold, of the event as it is normalised. */
const matchSchema = z.strictObject({
  platform: z.enum(PLATFORMS),
  /** Those that tell of it: where none of them arrives, the rule is blind. It fires whichever log an event comes from. */
  logs: z.array(z.enum(LOG_SOURCES)).min(1),
  service: texts.optional(),
  /**
   * The operation as the normaliser gives it. Docker's, Kubernetes' and EventBridge's are put together from several fields
   * (`image push`, `create pods`, `ECR Image Action PUSH`), all others stand in the record as one text.
   */
  operation: conditionSchema,
  /** Operations that contain one of these, in any case, are not meant. */
  except: lowerTexts.optional(),
});
export type Match = z.infer<typeof matchSchema>;

const ruleSchema = z.strictObject({
  /** Equals the name of its file. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string().min(10),
  /** Why it deserves attention, for whoever opens the alert. */
  why: z.string().min(20),
  /** When it fires, in words: operations and what else must hold. */
  logic: z.string().min(20),
  family: z.enum(FAMILY_NAMES),
  /** MITRE ATT&CK. */
  technique: z.string().regex(/^T\d{4}(\.\d{3})?$/),
  references: z.array(z.url({ protocol: /^https$/ })).min(1),
  falsePositives: texts,
  /** Points before anything about the single event is added or taken away. */
  base: z.int().min(0).max(100),
  /** One of these must hold; every operation on which the rule can fire is named here. */
  match: z.array(matchSchema).min(1),
  /** What must hold besides: a pure function of the event, and of what the organisation says of itself. */
  when: z
    .custom<(event: LogEvent, organisation: Organisation) => boolean>((value) => typeof value === "function")
    .optional(),
});

/** A named description of events worth attention. */
export type Rule = z.infer<typeof ruleSchema>;

/** Parses when the module loads, so that a malformed rule never starts the program. */
export function defineRule(rule: z.input<typeof ruleSchema>): Rule {
  return ruleSchema.parse(rule);
}
