import Link from "next/link";
import type { ReactNode } from "react";
import { type Headline, headlinesOf } from "#lib/trends/headlines.ts";
import type { Mix } from "#lib/trends/mix.ts";
import type { Period } from "#lib/trends/period.ts";
import type { TimesTrend } from "#lib/trends/times.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import { valueWords } from "../../alerts/_components/value-words.ts";
import { alertsHref } from "../../alerts/search-params.ts";
import classes from "./headlines.module.css";
import { alertsWords, changeWords, countWords, durationWords, shareWords } from "./words.ts";

type HeadlinesProps = { filter: TrendsFilter; period: Period; mix: Promise<Mix>; times: Promise<TimesTrend> };

/** What changed most, in two or three sentences. */
export async function Headlines({ filter, period, mix, times }: HeadlinesProps) {
  const facts = { mix: await mix, times: await times };
  return (
    <p className={classes.headlines} role="status">
      {headlinesOf(filter.alerts, period, facts).map((headline) => (
        <span key={headline.about}>{sentence(headline)} </span>
      ))}
    </p>
  );
}

function sentence(headline: Headline): ReactNode {
  const link = (words: ReactNode) => (
    <Link href={alertsHref(headline.alerts)} prefetch={false}>
      {words}
    </Link>
  );
  switch (headline.about) {
    case "volume": {
      const { now, before } = headline.change;
      if (now === 0)
        return before === 0
          ? "No alerts in this period, and none before."
          : `No alerts in this period; ${countWords(before)} before.`;
      return (
        <>
          There are {link(alertsWords(now))}, {changeWords(headline.change)}.
        </>
      );
    }
    case "value": {
      const { now, before } = headline.change;
      const name = valueWords(headline.kind, headline.value, headline.value);
      return (
        <>
          The biggest change is {headline.kind} <bdi>“{name}”</bdi>:{" "}
          {now === 0 ? "none" : link(alertsWords(now))}, {countWords(before)} before.
        </>
      );
    }
    case "suppressed":
      return (
        <>
          The allowlist covers {link(shareWords(headline.share))} of them, {shareWords(headline.before)}{" "}
          before.
        </>
      );
    case "noise":
      return (
        <>
          Of what was judged {link(shareWords(headline.share))} was noise, {shareWords(headline.before)}{" "}
          before.
        </>
      );
    case "acknowledge":
      return (
        <>
          Half were acknowledged within {link(durationWords(headline.seconds))}, before within{" "}
          {durationWords(headline.before)}.
        </>
      );
    case "close":
      return (
        <>
          Half were closed within {link(durationWords(headline.seconds))}, before within{" "}
          {durationWords(headline.before)}.
        </>
      );
  }
}
