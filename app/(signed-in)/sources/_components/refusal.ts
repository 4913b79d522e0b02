import { SUMO_PROBLEMS } from "#lib/sumo/problem.ts";
import { REFUSAL_WORDS, type Refusal } from "../../../_access/refusal-words.ts";
import { formatAgo } from "../../../_ui/time.tsx";
import type { SourceRefusal } from "../actions.ts";

type Kind = SourceRefusal["kind"];
type Sentences = { [Key in Kind]: (refusal: Extract<SourceRefusal, { kind: Key }>) => string };

const SENTENCES: Sentences = {
  "signed-out": ({ kind }) => REFUSAL_WORDS[kind as Refusal],
  "not-allowed": ({ kind }) => REFUSAL_WORDS[kind as Refusal],
  "invalid-input": ({ issues }) => issues.map(({ message }) => message).join(" "),
  "changed-meanwhile": ({ by, at }) =>
    `${by ?? "Somebody else"} changed it in the meantime${at ? ` (${formatAgo(at, new Date())})` : ""}. Nothing of yours was saved: load the page again to see it as it is now.`,
  gone: () => "It is no longer there.",
  "name-taken": () => "Another connection has this name.",
  "not-now": ({ state }) => `It is ${state}, which does not allow this.`,
  "bad-range": ({ sentence }) => sentence,
  query: ({ sentence }) => sentence,
  sumo: ({ problem }) => {
    const { sentence, todo } = SUMO_PROBLEMS[problem.reason];
    return `${sentence} ${todo}`;
  },
};

/** What to say of a refusal, in one piece of text. */
export function refusalSentence(refusal: SourceRefusal): string {
  const sentence = SENTENCES[refusal.kind] as (given: SourceRefusal) => string;
  return sentence(refusal);
}

/** The first thing that was said against a field. */
export function problemAt(refusal: SourceRefusal | null, path: string): string | undefined {
  if (refusal?.kind === "name-taken" && path === "name") return refusalSentence(refusal);
  if (refusal?.kind !== "invalid-input") return undefined;
  return refusal.issues.find((issue) => issue.path === path)?.message;
}
