import { type AlertFilter, isFiltered } from "#lib/triage/alert-filter.ts";
import type { QueueCounts } from "#lib/triage/queries/alert-queues.ts";

/** How many alerts there are, exactly. */
export async function AlertCount({ filter, counts }: { filter: AlertFilter; counts: Promise<QueueCounts> }) {
  const count = (await counts).byTab[filter.queue];
  const noun = count === 1 ? "alert" : "alerts";
  const verb = count === 1 ? "matches" : "match";
  return (
    <span className="secondary" role="status">
      {count.toLocaleString("en-GB")} {noun}
      {isFiltered(filter) ? ` ${verb}` : ""}
    </span>
  );
}
