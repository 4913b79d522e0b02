import Link from "next/link";
import { type AlertRow, alertName } from "#lib/triage/alert.ts";
import type { AlertStory } from "#lib/triage/queries/alert-story.ts";
import { alertSentence } from "#lib/triage/sentence.ts";
import { SeverityMark } from "../../_components/severity-mark.tsx";
import { STATUS_WORDS } from "../../_components/words.ts";
import classes from "./alert-header.module.css";

/** Which alert, how bad, and what happened in one sentence. */
export function AlertHeader({ alert, story }: { alert: AlertRow; story: AlertStory }) {
  const sentence = alertSentence({
    ...alert,
    ...story,
    tags: alert.outcome === "failure" ? story.refusedTags : story.tags,
    actors: leading(
      alert.actor?.name,
      story.actors.map(({ name }) => name),
    ),
    image: alert.image?.name ?? null,
  });
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link href="/alerts">Alerts</Link>
      </nav>
      <div className={classes.line}>
        <h1 className={classes.name}>{alertName(alert.number)}</h1>
        <SeverityMark severity={alert.severity} score={alert.score} />
        <span className="secondary">{STATUS_WORDS[alert.status]}</span>
      </div>
      <p className={classes.sentence}>
        {sentence.map(({ text, what }) =>
          what ? (
            <span key={`${what} ${text}`} className={classes.named}>
              {text}
            </span>
          ) : (
            text
          ),
        )}
      </p>
    </header>
  );
}

/** The names with one of them first. */
function leading(first: string | undefined, names: readonly string[]): string[] {
  return first === undefined ? [...names] : [first, ...names.filter((name) => name !== first)];
}
