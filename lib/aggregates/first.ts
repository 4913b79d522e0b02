/** What an actor may be seen with for the first time. Networks are kept apart, because signals ask for them: `actor_network`. */
export const FIRST_FIELDS = [
  "operation",
  "image",
  "account",
  "region",
  "address",
  "agent",
  "session",
  "key",
] as const;
export type FirstField = (typeof FIRST_FIELDS)[number];
