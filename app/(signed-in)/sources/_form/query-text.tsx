import { Snippet } from "../../../_ui/snippet.tsx";

/** A query to read and to copy. */
export function QueryText({ query }: { query: string }) {
  return <Snippet title="Query" text={query} copyLabel="Copy the query" isWrapped />;
}
