import { having, within } from "#lib/trends/behind.ts";
import type { Mix } from "#lib/trends/mix.ts";
import type { Period } from "#lib/trends/period.ts";
import type { Tops, TopValue } from "#lib/trends/tops.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import { valueWords } from "../../alerts/_components/value-words.ts";
import { alertsHref } from "../../alerts/search-params.ts";
import { Figure } from "./figure.tsx";
import { ValueTable } from "./value-table.tsx";
import { alertsWords, changeWords, TOP_WORDS } from "./words.ts";

const MOST_ROWS = 10;

type TopFigureProps = { filter: TrendsFilter; period: Period } & (
  | { of: "actor" | "image" | "address"; tops: Promise<Tops> }
  | { of: "rule"; mix: Promise<Mix> }
);

/** The values of a kind that most alerts have. */
export async function TopFigure(props: TopFigureProps) {
  const { filter, period, of } = props;
  const values = props.of === "rule" ? rulesOf(await props.mix) : (await props.tops)[props.of];
  const { title, head, definition } = TOP_WORDS[of];
  const highest = Math.max(...values.map(({ now }) => now), 1);
  const own = within(filter.alerts, period);
  const rows = values.map(({ value, name, now, before }) => ({
    key: value,
    name: (
      <bdi className={of === "rule" ? undefined : "mono"} title={name}>
        {name}
      </bdi>
    ),
    bar: now / highest,
    cells: [
      { count: now, href: alertsHref(having(own, of, value)), words: `${name}: ${alertsWords(now)}` },
      changeWords({ now, before }),
    ],
  }));
  return (
    <Figure
      title={title}
      definition={definition}
      csv={[[head, "Alerts", "Before"], ...values.map(({ name, now, before }) => [name, now, before])]}
    >
      <ValueTable label={title} heads={[head, "Alerts", "Change"]} rows={rows} empty="The period has none." />
    </Figure>
  );
}

function rulesOf({ rules }: Mix): TopValue[] {
  return rules
    .filter(({ now }) => now > 0)
    .slice(0, MOST_ROWS)
    .map((rule) => ({ ...rule, name: valueWords("rule", rule.value, rule.value), title: null }));
}
