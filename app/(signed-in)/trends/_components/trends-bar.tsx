import Link from "next/link";
import { STEPS } from "#lib/trends/buckets.ts";
import type { Period } from "#lib/trends/period.ts";
import { PERIOD_NAMES, STACKS, type TrendsFilter } from "#lib/trends/trends-filter.ts";
import { trendsHref } from "../search-params.ts";
import { PeriodForm } from "./period-form.tsx";
import classes from "./trends-bar.module.css";
import { NOTE_WORDS, PERIOD_WORDS, STACK_WORDS, STEP_WORDS } from "./words.ts";

/** Which time, how it is divided, and in which zone. */
export function TrendsBar({ filter, period }: { filter: TrendsFilter; period: Period }) {
  const isNamed = !filter.from && !filter.to;
  const notes = [
    ...(filter.unknownZone
      ? [`There is no time zone “${filter.unknownZone}”; days are those of ${filter.zone}.`]
      : []),
    ...period.notes.map((note) => NOTE_WORDS[note]),
  ];
  return (
    <search className={classes.bar}>
      <Choices
        label="Period"
        choices={PERIOD_NAMES.map((name) => ({
          words: PERIOD_WORDS[name],
          href: trendsHref(filter, { period: name }),
          isCurrent: isNamed && filter.period === name,
        }))}
      />
      <Choices
        label="By"
        choices={STEPS.map((by) => ({
          words: STEP_WORDS[by],
          href: trendsHref(filter, { by }),
          isCurrent: period.step === by,
        }))}
      />
      <Choices
        label="Stack"
        choices={STACKS.map((stack) => ({
          words: STACK_WORDS[stack],
          href: trendsHref(filter, { stack }),
          isCurrent: filter.stack === stack,
        }))}
      />
      <PeriodForm filter={filter} firstDay={period.firstDay} lastDay={period.lastDay} />
      {notes.map((note) => (
        <p key={note} className={classes.note} role="status">
          <bdi>{note}</bdi>
        </p>
      ))}
    </search>
  );
}

type ChoicesProps = {
  label: string;
  choices: { words: string; href: ReturnType<typeof trendsHref>; isCurrent: boolean }[];
};

function Choices({ label, choices }: ChoicesProps) {
  return (
    <nav className={classes.group} aria-label={label}>
      <span className="secondary" aria-hidden="true">
        {label}
      </span>
      {choices.map(({ words, href, isCurrent }) => (
        <Link
          key={words}
          href={href}
          prefetch={false}
          className={classes.choice}
          aria-current={isCurrent ? "true" : undefined}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}
