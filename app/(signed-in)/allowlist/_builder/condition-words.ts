import type { Field, Op } from "#lib/allowlist/condition.ts";

/** As they are offered. */
export const FIELD_LABELS = {
  actor: "Actor",
  image: "Image",
  operation: "Operation",
  rule: "Rule",
  platform: "Platform",
  account: "Account",
  region: "Region",
  tag: "Tag",
  session: "Session",
  accessKey: "Access key",
  address: "Source address",
  userAgent: "User agent",
  outcome: "Outcome",
} as const satisfies Record<Field, string>;
export const FIELD_NAMES = Object.keys(FIELD_LABELS) as Field[];

export const OP_LABELS = {
  is: "is one of",
  "not is": "is none of",
  glob: "matches",
  "not glob": "matches none of",
  cidr: "is in network",
  "not cidr": "is not in network",
} as const satisfies Record<Op | `not ${Op}`, string>;

export function opName({ op, not }: { op: Op; not: boolean }): keyof typeof OP_LABELS {
  return not ? `not ${op}` : op;
}

export const HINTS = {
  is: "exact value",
  glob: "pattern, * for anything",
  cidr: "198.51.100.0/24",
} as const satisfies Record<Op, string>;
