import { REFUSAL_WORDS, type Refusal } from "./refusal-words.ts";

/** The answer of a route handler to somebody who may not. */
export function refuse(reason: Refusal): Response {
  return Response.json({ error: REFUSAL_WORDS[reason] }, { status: reason === "signed-out" ? 401 : 403 });
}
