import type { ReactNode } from "react";
import { sumoSearchUrl } from "#lib/sumo/deep-link.ts";
import { uiUrlOf } from "#lib/sumo/deployment.ts";
import { lagOf } from "#lib/sumo/health.ts";
import { connectionQuery, PROFILE_WORDS } from "#lib/sumo/query.ts";
import { formatBytes } from "../../../../_ui/bytes.ts";
import { Fields } from "../../../../_ui/fields.tsx";
import { formatAgo, Time } from "../../../../_ui/time.tsx";
import { formatDuration, formatIn } from "../../_components/duration.ts";
import { placeWords } from "../../_components/words.ts";
import { QueryText } from "../../_form/query-text.tsx";
import classes from "./connection-facts.module.css";
import type { SectionProps } from "./section-props.ts";

const HOUR_MS = 3_600_000;

/** How the connection does in numbers, and what it asks where. */
export function ConnectionFacts({ connection, zone, now }: SectionProps) {
  const { categories, lastRunAt, lastSuccessAt, nextRunAt, enabled } = connection;
  const ago = (time: Date | null): ReactNode =>
    time ? (
      <>
        {formatAgo(time, now)} <span className="secondary">·</span> <Time time={time} zone={zone} now={now} />
      </>
    ) : (
      "never"
    );
  return (
    <section className={classes.facts} aria-label="How it does and what it asks">
      <Fields
        fields={[
          ["Last success", ago(lastSuccessAt)],
          ["Last run", ago(lastRunAt)],
          ["Next run", enabled ? formatIn(nextRunAt, now) : "none, it is disabled"],
          [
            "Pulled up to",
            <span key="reach">
              <Time time={connection.reachesTo} zone={zone} now={now} /> (
              {formatDuration(lagOf(connection, now))} behind)
            </span>,
          ],
          [
            "Messages an hour",
            `${Math.round(connection.messagesPerHour).toLocaleString("en-GB")}, over the last day`,
          ],
          ["Bytes an hour", `${formatBytes(Math.round(connection.bytesPerHour))}, over the last day`],
        ]}
      />
      <Fields
        fields={[
          ["Where", placeWords(connection)],
          [
            "Access id",
            <span key="id">
              ends in <code>{connection.accessIdEnd}</code>
            </span>,
          ],
          ["Whose key", connection.keyOwner || null],
          ["AWS categories", listed(categories.aws)],
          ["Azure categories", listed(categories.azure)],
          ["Asks for", PROFILE_WORDS[connection.profile].name],
          ["Every", connection.everyMinutes === 1 ? "minute" : `${connection.everyMinutes} minutes`],
        ]}
      />
      <Query connection={connection} now={now} />
    </section>
  );
}

function listed(categories: readonly string[]): ReactNode | null {
  if (categories.length === 0) return null;
  return categories.map((category) => (
    <div key={category}>
      <bdi className="mono">{category}</bdi>
    </div>
  ));
}

function Query({ connection, now }: Pick<SectionProps, "connection" | "now">) {
  const query = connectionQuery(connection);
  const uiUrl = uiUrlOf(connection);
  if (!query.ok) return null;
  const from = new Date(now.getTime() - HOUR_MS);
  return (
    <div className={classes.query}>
      <QueryText query={query.value} />
      {uiUrl ? (
        <a
          href={sumoSearchUrl({ uiUrl, query: query.value, from, to: now })}
          target="_blank"
          rel="noopener noreferrer"
        >
          Search in Sumo Logic
          <span className="visually-hidden"> (the last hour, opens in a new tab)</span>
        </a>
      ) : null}
    </div>
  );
}
