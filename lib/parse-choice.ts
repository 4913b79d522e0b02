import { z } from "zod";
import { type Choice, RANGES, type RangeName } from "./choice.ts";
import { isStorable } from "./storable.ts";

const MAX_VALUES = 50;

/** One URL parameter with one value or several. What cannot be read is dropped. */
export function choices<Schema extends z.ZodType<string>>(value: Schema) {
  return z
    .preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.unknown()))
    .transform((given) =>
      given.slice(0, MAX_VALUES).flatMap((text): Choice<z.infer<Schema>>[] => {
        if (typeof text !== "string") return [];
        const not = text.startsWith("!");
        const parsed = value.safeParse(not ? text.slice(1) : text);
        return parsed.success ? [{ value: parsed.data, not }] : [];
      }),
    );
}

/** Nothing that is stored holds a NUL. */
export function textParam(longest: number) {
  return z.string().trim().min(1).max(longest).refine(isStorable);
}

const time = z.iso
  .datetime({ offset: true })
  .transform((given) => new Date(given))
  // With an offset a time may fall out of the years that it is written in.
  .refine((given) => given.getUTCFullYear() >= 1 && given.getUTCFullYear() <= 9999)
  .optional()
  .catch(undefined);

/** The parameters of a `TimeFilter`. */
export const timeParams = {
  range: z
    .enum(Object.keys(RANGES) as RangeName[])
    .optional()
    .catch(undefined),
  from: time,
  to: time,
};
