import Form from "next/form";
import type { RejectedCount } from "#lib/ingest/queries/rejected.ts";
import { REJECTION_REASONS, type RejectedFilter } from "#lib/ingest/rejected-filter.ts";
import { REJECTION_SENTENCES } from "#lib/logs/rejection.ts";
import { FilterChips } from "../../../../_ui/filter-chips.tsx";
import { KIND_WORDS } from "../../_components/words.ts";
import { rejectedHref } from "../search-params.ts";
import classes from "./rejected-bar.module.css";

type RejectedBarProps = {
  filter: RejectedFilter;
  importName: string | null;
  sourceName: string | null;
  reasons: RejectedCount[];
};

/** What the list is narrowed by: a form that makes an address, so that it works without a script too. */
export function RejectedBar({ filter, importName, sourceName, reasons }: RejectedBarProps) {
  const counts = new Map(reasons.map(({ reason, count, unkept }) => [reason, count + unkept]));
  const listed = REJECTION_REASONS.filter((reason) => counts.has(reason) || reason === filter.reason);
  return (
    <>
      <Form action="/imports/rejected" className={classes.bar}>
        {filter.import ? <input type="hidden" name="import" value={filter.import} /> : null}
        {filter.source ? <input type="hidden" name="source" value={filter.source} /> : null}
        <label>
          Why
          <select name="reason" defaultValue={filter.reason ?? ""}>
            <option value="">any reason</option>
            {listed.map((reason) => (
              <option key={reason} value={reason}>
                {REJECTION_SENTENCES[reason]} ({(counts.get(reason) ?? 0).toLocaleString("en-GB")})
              </option>
            ))}
          </select>
        </label>
        <label>
          Came by
          <select name="kind" defaultValue={filter.kind ?? ""}>
            <option value="">any way</option>
            {Object.entries(KIND_WORDS).map(([kind, words]) => (
              <option key={kind} value={kind}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          File or what was seen
          <input name="q" defaultValue={filter.q ?? ""} maxLength={200} />
        </label>
        <label>
          Delivered from (UTC)
          <input type="date" name="from" defaultValue={filter.from ?? ""} />
        </label>
        <label>
          to
          <input type="date" name="to" defaultValue={filter.to ?? ""} />
        </label>
        <button type="submit">Filter</button>
      </Form>
      <FilterChips chips={chipsOf(filter, { importName, sourceName })} clearHref={rejectedHref({})} />
    </>
  );
}

type Names = Pick<RejectedBarProps, "importName" | "sourceName">;

function chipsOf(filter: RejectedFilter, { importName, sourceName }: Names) {
  const words: Record<keyof RejectedFilter, string | undefined> = {
    import: filter.import && `import ${importName ?? filter.import}`,
    reason: filter.reason && REJECTION_SENTENCES[filter.reason],
    kind: filter.kind && `came by ${KIND_WORDS[filter.kind]}`,
    source: filter.source && `source ${sourceName ?? filter.source}`,
    q: filter.q && `“${filter.q}”`,
    from: filter.from && `delivered from ${filter.from}`,
    to: filter.to && `delivered to ${filter.to}`,
  };
  return Object.entries(words).flatMap(([key, text]) =>
    text === undefined ? [] : [{ words: text, href: rejectedHref({ ...filter, [key]: undefined }) }],
  );
}
