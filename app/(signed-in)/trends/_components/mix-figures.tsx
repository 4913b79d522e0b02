import { having, suppressed, within } from "#lib/trends/behind.ts";
import { type Change, type Mix, shareOf } from "#lib/trends/mix.ts";
import type { Period } from "#lib/trends/period.ts";
import type { Tops } from "#lib/trends/tops.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import { JUDGING_VERDICTS, NOISE_VERDICTS } from "#lib/triage/alert.ts";
import { VERDICT_WORDS } from "../../alerts/_components/triage-words.ts";
import { valueWords } from "../../alerts/_components/value-words.ts";
import { alertsHref } from "../../alerts/search-params.ts";
import { Figure } from "./figure.tsx";
import { ValueTable } from "./value-table.tsx";
import { alertsWords, shareWords } from "./words.ts";

type FigureProps = { filter: TrendsFilter; period: Period; mix: Promise<Mix> };

/** What people decided. */
export async function VerdictFigure({ filter, period, mix }: FigureProps) {
  const { verdicts } = await mix;
  const all = verdicts.reduce((sum, { now }) => sum + now, 0);
  const allBefore = verdicts.reduce((sum, { before }) => sum + before, 0);
  const rows = verdicts.map(({ value, now, before }) => {
    const { words, means } = VERDICT_WORDS[value];
    const cellOf = (count: number, span: Period | Period["before"], when: string) => ({
      count,
      href: alertsHref(having(within(filter.alerts, span), "verdict", value)),
      words: `${words}${when}: ${alertsWords(count)}`,
    });
    return {
      key: value,
      name: <span title={means}>{words}</span>,
      bar: shareOf(now, all) ?? 0,
      cells: [
        cellOf(now, period, ""),
        shareWords(shareOf(now, all)),
        cellOf(before, period.before, ", before"),
        shareWords(shareOf(before, allBefore)),
      ],
    };
  });
  return (
    <Figure
      title="Verdicts"
      definition="Alerts of the period that have been closed, by their verdict, with each verdict's share of them; the same for the period before."
      csv={[
        ["Verdict", "Alerts", "Before"],
        ...verdicts.map(({ value, now, before }) => [VERDICT_WORDS[value].words, now, before]),
      ]}
    >
      <ValueTable
        label="Verdicts"
        heads={["Verdict", "Alerts", "Share", "Before", "Share before"]}
        rows={rows}
        empty=""
      />
    </Figure>
  );
}

/** Which rules cry wolf. */
export async function NoiseFigure({ filter, period, mix }: FigureProps) {
  const { noise, noiseByRule } = await mix;
  const all = { rule: null, ...noise };
  const own = within(filter.alerts, period);
  const rows = [all, ...noiseByRule].map(({ rule, judged, noise: noisy }) => {
    const name = rule === null ? "All rules" : valueWords("rule", rule, rule);
    const ofRule = rule === null ? own : having(own, "rule", rule);
    const share = shareOf(noisy.now, judged.now);
    return {
      key: rule ?? "",
      name: <bdi title={name}>{name}</bdi>,
      bar: share ?? 0,
      cells: [
        shareWords(share),
        {
          count: noisy.now,
          href: alertsHref(having(ofRule, "verdict", ...NOISE_VERDICTS)),
          words: `${name}, noise: ${alertsWords(noisy.now)}`,
        },
        {
          count: judged.now,
          href: alertsHref(having(ofRule, "verdict", ...JUDGING_VERDICTS)),
          words: `${name}, judged: ${alertsWords(judged.now)}`,
        },
        shareWords(shareOf(noisy.before, judged.before)),
      ],
    };
  });
  return (
    <Figure
      title="Noise by rule"
      definition="Of the alerts that were judged, the share that was nothing to worry about: benign true positives and false positives, over these and the true positives. Undetermined alerts and duplicates are left out. An alert of several rules counts for each."
      csv={[
        ["Rule", "Noise share", "Noise", "Judged", "Noise before", "Judged before"],
        ...[all, ...noiseByRule].map(({ rule, judged, noise: noisy }) => [
          rule ?? "All rules",
          shareOf(noisy.now, judged.now),
          noisy.now,
          judged.now,
          noisy.before,
          judged.before,
        ]),
      ]}
    >
      <ValueTable
        label="Noise by rule"
        heads={["Rule", "Noise share", "Noise", "Judged", "Share before"]}
        rows={noise.judged.now + noise.judged.before === 0 ? [] : rows}
        empty="No alert of the period has been judged."
      />
    </Figure>
  );
}

/** How much the allowlist keeps away, and which entries do. */
export async function EntriesFigure({ filter, period, mix, tops }: FigureProps & { tops: Promise<Tops> }) {
  const [{ all, suppressed: covered }, { entry: entries }] = await Promise.all([mix, tops]);
  const own = suppressed(within(filter.alerts, period));
  const name = "All suppressed";
  const share = (change: Change, key: "now" | "before") => shareWords(shareOf(change[key], all[key]));
  const rows = [
    {
      key: "",
      name,
      bar: shareOf(covered.now, all.now) ?? 0,
      cells: [
        { count: covered.now, href: alertsHref(own), words: `${name}: ${alertsWords(covered.now)}` },
        share(covered, "now"),
        share(covered, "before"),
      ],
    },
    ...entries.map((entry) => ({
      key: entry.value,
      name: (
        <span title={entry.title ?? entry.name}>
          {entry.name} <bdi className="secondary">{entry.title}</bdi>
        </span>
      ),
      bar: shareOf(entry.now, all.now) ?? 0,
      cells: [
        {
          count: entry.now,
          href: alertsHref(having(own, "entry", entry.value)),
          words: `${entry.name}: ${alertsWords(entry.now)}`,
        },
        share(entry, "now"),
        share(entry, "before"),
      ],
    })),
  ];
  return (
    <Figure
      title="Suppressed, and by which entries"
      definition="Alerts of the period in the list of suppressed ones, as a share of all alerts, and the ten allowlist entries that take part in suppressing most of them. An alert under several entries counts for each."
      csv={[
        ["Entry", "Title", "Alerts", "Before", "All alerts", "All alerts before"],
        [name, null, covered.now, covered.before, all.now, all.before],
        ...entries.map((entry) => [entry.name, entry.title, entry.now, entry.before, all.now, all.before]),
      ]}
    >
      <ValueTable
        label="Suppressed, and by which entries"
        heads={["Entry", "Alerts", "Share of all", "Share before"]}
        rows={covered.now + covered.before === 0 ? [] : rows}
        empty="No alert of the period is suppressed."
      />
    </Figure>
  );
}
