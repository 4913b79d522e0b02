import { OUTCOMES, PLATFORMS } from "#lib/logs/normalize/event.ts";
import type { Field } from "./condition.ts";

/** Fields of a few known values: they tell neither who did something nor what to. Apart, for the browser reads it too. */
export const CLOSED_FIELDS: Partial<Record<Field, readonly string[]>> = {
  platform: PLATFORMS,
  outcome: OUTCOMES,
};
