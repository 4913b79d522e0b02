import { type AlertFilter, isFiltered } from "#lib/triage/alert-filter.ts";
import { countAlerts } from "#lib/triage/queries/alert-list.ts";

/** How many alerts there are, exactly. */
export async function AlertCount({ filter, now }: { filter: AlertFilter; now: Date }) {
  const count = await countAlerts(filter, now);
  const noun = count === 1 ? "alert" : "alerts";
  const verb = count === 1 ? "matches" : "match";
  return (
    <span className="secondary" role="status">
      {count.toLocaleString("en-GB")} {noun}
      {isFiltered(filter) ? ` ${verb}` : ""}
    </span>
  );
}
