import Link from "next/link";
import type { RejectedFilter } from "#lib/ingest/rejected-filter.ts";
import type { RejectionReason } from "#lib/logs/rejection.ts";
import classes from "../../[importId]/_components/import-view.module.css";
import { rejectedFileHref } from "../search-params.ts";
import { ReadAgain } from "./read-again.tsx";

type RejectedHeaderProps = {
  filter: RejectedFilter;
  reasons: { reason: RejectionReason; count: number }[];
  mayReplay: boolean;
};

/** How many records were rejected, and what can be done about them all. */
export function RejectedHeader({ filter, reasons, mayReplay }: RejectedHeaderProps) {
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  const isReadWhole =
    filter.kind === undefined &&
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
      {total > 0 ? (
        <div className={classes.moves}>
          <a href={rejectedFileHref(filter)} download>
            Download {total === 1 ? "it" : "them all"} as JSON Lines
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
