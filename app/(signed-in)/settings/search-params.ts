import { z } from "zod";
import { ROW_LISTS, type RowList } from "#lib/organisation/columns.ts";

/** What a URL of a list says: a text that its rows contain, and the row after which the page begins. */
export const listSearchSchema = z.object({
  q: z.string().max(200).catch(""),
  after: z.string().max(500).nullable().catch(null),
});

export function rowListOf(text: string): RowList | null {
  return ROW_LISTS.find((list) => list === text) ?? null;
}

export function listHref(list: RowList, { q, after }: z.output<typeof listSearchSchema>): string {
  const query = new URLSearchParams({ ...(q !== "" && { q }), ...(after !== null && { after }) }).toString();
  return query === "" ? `/settings/${list}` : `/settings/${list}?${query}`;
}
