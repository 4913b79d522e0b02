import type { Route } from "next";
import Link from "next/link";
import { type Entry, REASON_CLASSES } from "#lib/allowlist/entry.ts";
import type { EntryHits } from "#lib/allowlist/queries/entry.ts";
import { conditionSegments } from "#lib/allowlist/sentence.ts";
import { SIGNAL_WORDS } from "#lib/detection/signal.ts";
import { accountNames } from "../../../../_organisation/names.ts";
import { Fields } from "../../../../_ui/fields.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { DailyHits } from "../../_components/daily-hits.tsx";
import { Expiry } from "../../_components/expiry.tsx";
import { accountsOf, SentenceText } from "../../_components/sentence-text.tsx";
import classes from "./entry-facts.module.css";
import { TicketText } from "./ticket-text.tsx";

type EntryFactsProps = {
  entry: Entry & { owner: string };
  hits: EntryHits;
  daily: number[];
  zone: string;
  now: Date;
};

/** What the entry asks, what it has done, and who answers for it. */
export async function EntryFacts({ entry, hits, daily, zone, now }: EntryFactsProps) {
  const accounts = await accountNames(accountsOf(entry.conditions));
  return (
    <div className={classes.facts}>
      <section aria-label="Conditions">
        <h2>All of this must hold</h2>
        <ul className={classes.conditions}>
          {entry.conditions.map((condition) => (
            <li key={JSON.stringify(condition)}>
              <SentenceText segments={conditionSegments(condition)} accounts={accounts} />
            </li>
          ))}
        </ul>
        <h2>Swallowed signals</h2>
        <p>
          {entry.signals.length === 0 ? (
            <span className="secondary">None: what carries a signal breaks through.</span>
          ) : (
            entry.signals.map((signal) => SIGNAL_WORDS[signal]).join(", ")
          )}
        </p>
      </section>
      <Hits entry={entry} hits={hits} daily={daily} />
      <section aria-label="About the entry">
        <h2>About it</h2>
        <Fields
          fields={[
            ["Owner", entry.owner],
            ["Class", REASON_CLASSES[entry.reasonClass].label],
            [
              "Reason",
              <span key="reason" className={classes.reason}>
                {entry.reason}
              </span>,
            ],
            ["Ticket", entry.ticket && <TicketText key="ticket" ticket={entry.ticket} />],
            ["Starts", <Time key="starts" time={entry.startsAt} zone={zone} now={now} />],
            [
              "Expires",
              <>
                <Time time={entry.expiresAt} zone={zone} now={now} />
                <span className="secondary"> · </span>
                <Expiry at={entry.expiresAt} state={entry.state} now={now} />
              </>,
            ],
            ["Version", String(entry.version)],
          ]}
        />
      </section>
    </div>
  );
}

function Hits({ entry, hits, daily }: Pick<EntryFactsProps, "entry" | "hits" | "daily">) {
  const href = `/alerts?queue=all&entry=${entry.id}` as Route;
  const number = (value: number) => value.toLocaleString("en-GB");
  return (
    <section aria-label="Hits">
      <h2>What it has done</h2>
      <Fields
        fields={[
          ["Hides", `${number(hits.suppressed)} ${hits.suppressed === 1 ? "detection" : "detections"}`],
          ["Matched", number(hits.matched)],
          ["Broke through", number(hits.brokeThrough)],
          ["Observed", number(hits.observed)],
          ["Open again", hits.revoked > 0 ? `${number(hits.revoked)} since it was revoked` : null],
          [
            "Alerts",
            hits.alerts > 0 ? (
              <Link key="alerts" href={href}>
                {number(hits.alerts)} {hits.alerts === 1 ? "alert" : "alerts"}
              </Link>
            ) : (
              <span key="alerts" className="secondary">
                none
              </span>
            ),
          ],
          ["Last 30 days", <DailyHits key="daily" daily={daily} />],
        ]}
      />
    </section>
  );
}
