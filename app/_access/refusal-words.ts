/** Why somebody was refused. */
export type Refusal = "signed-out" | "not-allowed";

export const REFUSAL_WORDS = {
  "signed-out": "You are no longer signed in. Sign in again and repeat this.",
  "not-allowed": "Your role may not do this.",
} as const satisfies Record<Refusal, string>;
