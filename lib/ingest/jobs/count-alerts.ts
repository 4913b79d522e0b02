import type { Transaction } from "#lib/db/client.ts";
import { queueOf } from "#lib/detection/queue.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { type AlertExample, MOST_EXAMPLES, noCounts, type ReplayCounts } from "../replay.ts";
import { IS_WORKED_ON } from "../writer/sweep-alerts.ts";

const ALERTS_AT_ONCE = 5000;

/** What the detections that a dry run noted would make of alerts: those that would be new or go, or be of another severity. */
export async function countAlerts(client: Transaction, runId: string): Promise<ReplayCounts> {
  const counts: ReplayCounts = { ...noCounts(), severities: 0 };
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const { rows } = await client.query<AlertRow>(AFTERWARDS, [runId, after, ALERTS_AT_ONCE]);
    for (const row of rows) countAlert(counts, row);
    const last = rows.at(-1);
    if (!last || rows.length < ALERTS_AT_ONCE) return counts;
    after = last.id;
  }
}

type AlertRow = {
  id: string;
  number: number | null;
  worked_on: boolean | null;
  before: number | null;
  after: number | null;
  queue: string | null;
  status: string | null;
  new_activity: boolean | null;
  suppressed: boolean | null;
  live: boolean | null;
};

/** Closed, an alert comes back with an open detection of a rule that it did not hold. */
const BROUGHT_BACK = `(alert.closed_as is not null
  and not array(select jsonb_array_elements_text(alert.closed_as -> 'rules')) @> coalesce(afterwards.open_rules, '{}'))`;

/** The score of an alert is that of its worst open detection, else of its worst, with what its story adds. */
const AFTERWARDS = `
  with touched as (
    select distinct alert_id from replay_detection where run_id = $1 and alert_id > $2::uuid order by alert_id limit $3
  ), remaining as (
    select detection.alert_id, rule_id, score, entry_id is not null as suppressed, live
    from touched join detection using (alert_id)
    where not exists (
      select from replay_detection gone where gone.run_id = $1 and gone.change = -1 and gone.alert_id = detection.alert_id
        and gone.occurred_at = detection.occurred_at and gone.event_id = detection.event_id and gone.rule_id = detection.rule_id
    )
    union all
    select alert_id, rule_id, score, suppressed, live from touched join replay_detection using (alert_id) where run_id = $1 and change = 1
  ), afterwards as (
    select alert_id, coalesce(max(score) filter (where not suppressed), max(score)) as score, bool_and(suppressed) as suppressed,
      bool_or(live) as live, array_agg(distinct rule_id) filter (where not suppressed) as open_rules
    from remaining group by alert_id
  )
  select touched.alert_id as id, alert.number, ${IS_WORKED_ON} as worked_on, alert.current_score as before,
    case when afterwards.score is not null then least(100, afterwards.score + coalesce(
      (select sum((told ->> 'points')::int) from jsonb_array_elements(alert.story) as told), 0)) end::int as after,
    alert.queue, alert.status, alert.new_activity or ${BROUGHT_BACK} as new_activity, afterwards.suppressed, afterwards.live
  from touched left join afterwards using (alert_id) left join alert on alert.id = touched.alert_id
  order by touched.alert_id`;

function countAlert(counts: ReplayCounts, row: AlertRow): void {
  const { id, number, worked_on, before, after } = row;
  const queue = queueAfter(row);
  if (row.queue === "open" && queue !== "open") counts.queueLeft++;
  if (row.queue !== "open" && queue === "open") counts.queueJoined++;
  const what = whatOf(before, after);
  if (what === null) return;
  if (what === "made") counts.alertsMade++;
  else if (what === "severity") counts.severities = (counts.severities ?? 0) + 1;
  else if (worked_on) counts.alertsKept++;
  else counts.alertsGone++;
  if (counts.alerts.filter((example) => example.what === what).length < MOST_EXAMPLES)
    counts.alerts.push({ id, number, what, before, after });
}

/** Null: it is gone. One that people worked on stays as it was. */
function queueAfter({
  after,
  worked_on,
  queue,
  status,
  new_activity,
  suppressed,
  live,
}: AlertRow): string | null {
  if (after === null) return worked_on ? queue : null;
  return queueOf({
    status: status ?? "new",
    newActivity: new_activity ?? false,
    suppressed: suppressed ?? false,
    live: live ?? false,
  });
}

function whatOf(before: number | null, after: number | null): AlertExample["what"] | null {
  if (before === null) return after === null ? null : "made";
  if (after === null) return "gone";
  return severityOf(before) === severityOf(after) ? null : "severity";
}
