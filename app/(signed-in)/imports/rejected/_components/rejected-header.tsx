import Link from "next/link";
import { env } from "#lib/env.ts";
import type { RejectedCount } from "#lib/ingest/queries/rejected.ts";
import type { RejectedFilter } from "#lib/ingest/rejected-filter.ts";
import classes from "../../[importId]/_components/import-view.module.css";
import { rejectedFileHref } from "../search-params.ts";
import { ReadAgain } from "./read-again.tsx";

type RejectedHeaderProps = {
  filter: RejectedFilter;
  reasons: RejectedCount[];
  mayReplay: boolean;
};

/** How many records were rejected, and what can be done about them all. */
export function RejectedHeader({ filter, reasons, mayReplay }: RejectedHeaderProps) {
  const kept = reasons.reduce((sum, { count }) => sum + count, 0);
  const total = reasons.reduce((sum, { unkept }) => sum + unkept, kept);
  const isReadWhole =
    filter.kind === undefined &&
    filter.source === undefined &&
    filter.q === undefined &&
    filter.from === undefined &&
    filter.to === undefined;
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link href="/imports">Imports</Link>
      </nav>
      <h1 className={classes.name}>Rejected records</h1>
      <p className={classes.sentence} role="status">
        {total === 1 ? "1 record" : `${total.toLocaleString("en-GB")} records`} could not be read.
      </p>
      {kept < total ? <Unkept filter={filter} kept={kept} total={total} /> : null}
      {kept > 0 ? (
        <div className={classes.moves}>
          <a href={rejectedFileHref(filter)} download>
            Download {downloadWords(kept, total)} as JSON Lines
          </a>
          {mayReplay && isReadWhole ? (
            <ReadAgain
              scope={{ kind: "rejected", importId: filter.import ?? null, reason: filter.reason ?? null }}
              label="See what reading them again would bring"
            />
          ) : null}
          {mayReplay && !isReadWhole ? (
            <span className="secondary">To read records again, filter by nothing but import and reason.</span>
          ) : null}
        </div>
      ) : null}
    </header>
  );
}

function downloadWords(kept: number, total: number): string {
  if (kept < total) return `the ${kept.toLocaleString("en-GB")} that are kept`;
  return total === 1 ? "it" : "them all";
}

type UnkeptProps = { filter: RejectedFilter; kept: number; total: number };

/** Of very many the first are kept: how many are not, and what that means. */
function Unkept({ filter, kept, total }: UnkeptProps) {
  const number = (value: number) => value.toLocaleString("en-GB");
  return (
    <p className={classes.sentence}>
      {number(kept)} of them are kept. The other {number(total - kept)} were counted by reason alone: an
      import keeps the first {number(env().limits.rejectedRecords)} of its rejected records.
      {filter.q === undefined
        ? null
        : " What was seen in those is not known, so that all of them count here."}
    </p>
  );
}
