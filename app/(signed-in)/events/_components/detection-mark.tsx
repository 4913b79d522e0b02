import Link from "next/link";
import type { RowDetection } from "#lib/events/event-row.ts";
import { alertName } from "#lib/triage/alert.ts";
import { SeverityMark } from "../../alerts/_components/severity-mark.tsx";
import { alertHref } from "../../alerts/search-params.ts";
import classes from "./detection-mark.module.css";
import { standingWords } from "./words.ts";

/** How bad a detection is, and its alert; grey when the allowlist suppresses it. */
export function DetectionMark({ detection }: { detection: RowDetection }) {
  const { severity, suppressedBy, alertNumber, ruleId } = detection;
  return (
    <span
      className={classes.mark}
      data-suppressed={suppressedBy !== null}
      title={`${ruleId}: ${standingWords(detection)}`}
    >
      <SeverityMark severity={severity} />
      <Link href={alertHref(alertNumber)} className={classes.alert} prefetch={false}>
        {alertName(alertNumber)}
      </Link>
      <span className={classes.standing}>{standingWords(detection)}</span>
    </span>
  );
}
