import { z } from "zod";
import { parseNetwork } from "#lib/logs/normalize/address.ts";
import { isStorable } from "#lib/storable.ts";
import { compile, type Facts } from "./condition.ts";

/** What can be watched for: always by its exact value, an address by its network. */
export const WATCH_FIELDS = ["actor", "image", "account", "accessKey", "address"] as const;
export type WatchField = (typeof WATCH_FIELDS)[number];

const UNSTORABLE = "This holds a character that cannot be stored.";

export const watchItemSchema = z
  .strictObject({
    field: z.enum(WATCH_FIELDS),
    value: z
      .string()
      .trim()
      .min(1, { error: "Enter what to watch for." })
      .max(500, { error: "Use at most 500 characters." })
      .refine(isStorable, { error: UNSTORABLE }),
    reason: z
      .string()
      .trim()
      .min(1, { error: "Say why." })
      .max(1000, { error: "Use at most 1,000 characters." })
      .refine(isStorable, { error: UNSTORABLE }),
  })
  .transform((item, context) => {
    if (item.field !== "address") return item;
    const network = parseNetwork(item.value);
    if (network) return { ...item, value: network.text };
    context.addIssue({
      code: "custom",
      path: ["value"],
      message: "This is no network. Write one as 198.51.100.0/24 or 2001:db8::/32, or a single address.",
    });
    return z.NEVER;
  });
export type WatchItem = z.infer<typeof watchItemSchema>;

/** Whether a detection is about something that is watched. */
export type Watch = (facts: Facts) => boolean;

export function watcher(items: readonly Pick<WatchItem, "field" | "value">[]): Watch {
  const tests = WATCH_FIELDS.flatMap((field) => {
    const values = items.filter((item) => item.field === field).map(({ value }) => value);
    return values.length === 0
      ? []
      : [compile({ field, op: field === "address" ? "cidr" : "is", values, not: false })];
  });
  return (facts) => tests.some((holds) => holds(facts));
}
