import type { Transaction } from "#lib/db/client.ts";
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
};

/** The score of an alert is that of its worst open detection, else of its worst. */
const AFTERWARDS = `
  with touched as (
    select distinct alert_id from replay_detection where run_id = $1 and alert_id > $2::uuid order by alert_id limit $3
  ), remaining as (
    select detection.alert_id, score, entry_id is not null as suppressed
    from touched join detection using (alert_id)
    where not exists (
      select from replay_detection gone where gone.run_id = $1 and gone.change = -1 and gone.alert_id = detection.alert_id
        and gone.occurred_at = detection.occurred_at and gone.event_id = detection.event_id and gone.rule_id = detection.rule_id
    )
    union all
    select alert_id, score, suppressed from touched join replay_detection using (alert_id) where run_id = $1 and change = 1
  ), afterwards as (
    select alert_id, coalesce(max(score) filter (where not suppressed), max(score)) as score from remaining group by alert_id
  )
  select touched.alert_id as id, alert.number, ${IS_WORKED_ON} as worked_on, alert.current_score as before,
    afterwards.score as after
  from touched left join afterwards using (alert_id) left join alert on alert.id = touched.alert_id
  order by touched.alert_id`;

function countAlert(counts: ReplayCounts, { id, number, worked_on, before, after }: AlertRow): void {
  const what = whatOf(before, after);
  if (what === null) return;
  if (what === "made") counts.alertsMade++;
  else if (what === "severity") counts.severities = (counts.severities ?? 0) + 1;
  else if (worked_on) counts.alertsKept++;
  else counts.alertsGone++;
  if (counts.alerts.filter((example) => example.what === what).length < MOST_EXAMPLES)
    counts.alerts.push({ id, number, what, before, after });
}

function whatOf(before: number | null, after: number | null): AlertExample["what"] | null {
  if (before === null) return after === null ? null : "made";
  if (after === null) return "gone";
  return severityOf(before) === severityOf(after) ? null : "severity";
}
