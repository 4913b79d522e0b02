import type { TokenKind } from "#lib/access/token-kind.ts";
import { REFUSAL_WORDS } from "../../../../_access/refusal-words.ts";
import type { TokenRefusal } from "../actions.ts";

export const SENDER_WORDS = {
  api: "A shipper, by the ingest API",
  acr: "Azure Container Registry, by webhook",
  "event-grid": "Azure Event Grid",
  "docker-hub": "Docker Hub",
  harbor: "Harbor",
  distribution: "A registry of the distribution project",
  falcosidekick: "Falcosidekick",
  sumo: "Sumo Logic, by webhook",
} as const satisfies Record<TokenKind, string>;

/** In a column of a table. */
export const SHORT_SENDER_WORDS = {
  api: "ingest API",
  acr: "ACR webhook",
  "event-grid": "Event Grid",
  "docker-hub": "Docker Hub",
  harbor: "Harbor",
  distribution: "distribution",
  falcosidekick: "Falcosidekick",
  sumo: "Sumo webhook",
} as const satisfies Record<TokenKind, string>;

const FAULT_SENTENCES = {
  ...REFUSAL_WORDS,
  "invalid-input": "Not everything is filled in rightly: see beside the fields.",
  "name-taken": "There is, or was, a token of this name. Names are told on imports: choose another.",
  "too-many": "There are 200 tokens that can be used. Revoke those that nobody needs first.",
  gone: "This token is not there any more.",
  "revoked-already": "Another admin revoked this token in the meantime.",
} as const satisfies Record<TokenRefusal["kind"], string>;

export function refusalSentence({ kind }: TokenRefusal): string {
  return FAULT_SENTENCES[kind];
}

/** What is wrong with a field. */
export function problemAt(refusal: TokenRefusal | null, path: string): string | undefined {
  if (path === "name" && refusal?.kind === "name-taken") return "This name is taken.";
  if (refusal?.kind !== "invalid-input") return undefined;
  return refusal.issues.find((issue) => issue.path === path)?.message;
}
