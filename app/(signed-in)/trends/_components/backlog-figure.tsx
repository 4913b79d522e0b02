import { AGES, ofAge } from "#lib/trends/backlog.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import { alertsHref } from "../../alerts/search-params.ts";
import { Figure } from "./figure.tsx";
import { ValueTable } from "./value-table.tsx";
import { alertsWords } from "./words.ts";

type BacklogFigureProps = { filter: TrendsFilter; now: Date; backlog: Promise<number[]> };

/** How long the alerts that are open have been. */
export async function BacklogFigure({ filter, now, backlog }: BacklogFigureProps) {
  const counts = await backlog;
  const highest = Math.max(...counts, 1);
  const rows = counts.map((count, at) => {
    const name = ageWords(at);
    const href = alertsHref(ofAge(filter.alerts, at, now));
    return {
      key: name,
      name,
      bar: count / highest,
      cells: [{ count, href, words: `${name}: ${alertsWords(count)}` }],
    };
  });
  return (
    <Figure
      title="Open backlog by age"
      definition="Alerts in the open queue now, of any period, by the time since they first stood in it; of one that somebody took from another list, since it was stored. As in the queue, information is left out until it is asked for. It is of now, so that there is nothing to compare it with."
      csv={[["Age", "Open alerts"], ...counts.map((count, at) => [ageWords(at), count])]}
    >
      <ValueTable label="Open backlog by age" heads={["Age", "Open alerts"]} rows={rows} empty="" />
    </Figure>
  );
}

function ageWords(at: number): string {
  const { from, to } = AGES[at] ?? AGES[0];
  if (from === 0) return "under 1 day";
  return to === undefined ? `over ${from} days` : `${from} to ${to} days`;
}
