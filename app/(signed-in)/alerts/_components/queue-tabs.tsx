import Link from "next/link";
import { type AlertFilter, QUEUE_TABS } from "#lib/triage/alert-filter.ts";
import type { QueueCounts } from "#lib/triage/queries/alert-queues.ts";
import { alertsHref } from "../search-params.ts";
import classes from "./queue-tabs.module.css";
import { TAB_WORDS } from "./words.ts";

/** The lists in which alerts are kept, with how many of each match: nothing that is elsewhere is out of sight. */
export async function QueueTabs({ filter, counts }: { filter: AlertFilter; counts: Promise<QueueCounts> }) {
  const { byTab, infoLeftOut } = await counts;
  return (
    <Tabs filter={filter} counts={byTab}>
      {infoLeftOut > 0 ? (
        <p className={classes.leftOut}>
          {infoLeftOut.toLocaleString("en-GB")} at info left out ·{" "}
          <Link href={alertsHref(filter, { choice: { key: "severity", value: "info", set: "only" } })}>
            show {infoLeftOut === 1 ? "it" : "them"}
          </Link>
        </p>
      ) : null}
    </Tabs>
  );
}

type TabsProps = { filter: AlertFilter; counts?: QueueCounts["byTab"]; children?: React.ReactNode };

/** The same before they are counted: as large, so that nothing jumps. */
export function Tabs({ filter, counts, children }: TabsProps) {
  return (
    <div className={classes.bar}>
      <nav aria-label="Lists">
        <ul className={classes.tabs}>
          {QUEUE_TABS.map((queue) => (
            <li key={queue}>
              <Link
                href={alertsHref(filter, { queue })}
                className={classes.tab}
                aria-current={queue === filter.queue ? "page" : undefined}
              >
                {TAB_WORDS[queue]}
                <span className={classes.count}>{counts?.[queue].toLocaleString("en-GB") ?? "…"}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </div>
  );
}
