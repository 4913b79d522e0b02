import { severityOf } from "#lib/detection/severity.ts";
import { type Deed, sourcesOf } from "#lib/triage/deed.ts";
import type { ToldDeed } from "#lib/triage/queries/alert-deeds.ts";
import { storySentence } from "#lib/triage/sentence.ts";
import { list } from "#lib/triage/verbs.ts";
import { LOG_WORDS } from "../../../events/_components/words.ts";
import { SeverityMark } from "../../_components/severity-mark.tsx";
import classes from "./deeds.module.css";
import { StoryText } from "./story-text.tsx";

/** What a deed was, how bad the worst of it is, and which logs saw it. */
export function DeedHead({ deed }: { deed: ToldDeed }) {
  const open = deed.rows.filter(({ suppressedBy }) => suppressedBy === null);
  const worst = Math.max(...open.map(({ score }) => score));
  return (
    <>
      <p>
        <StoryText segments={storySentence(deed.facts)} />
      </p>
      <div className={classes.about}>
        {open.length > 0 ? (
          <SeverityMark severity={severityOf(worst)} score={worst} />
        ) : (
          <span>suppressed by the allowlist</span>
        )}
        <span>seen by {logsOf(deed)}</span>
      </div>
    </>
  );
}

/** Which logs saw the one deed of an alert, which the sentence on top tells already. */
export function TellingLogs({ deed }: { deed: Deed }) {
  return sourcesOf(deed).length > 1 ? (
    <p className={classes.logs}>One deed, seen by {logsOf(deed)}.</p>
  ) : null;
}

function logsOf(deed: Deed): string {
  return list(sourcesOf(deed).map((log) => LOG_WORDS[log]));
}
