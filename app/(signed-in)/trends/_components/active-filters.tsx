import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import { CHOICE_KEYS, type ChoiceKey } from "#lib/triage/alert-filter.ts";
import { listNames } from "#lib/triage/queries/names.ts";
import { accountNames } from "../../../_organisation/names.ts";
import { accountWords } from "../../../_ui/account-name.tsx";
import { type FilterChip, FilterChips } from "../../../_ui/filter-chips.tsx";
import { valueWords } from "../../alerts/_components/value-words.ts";
import { FILTER_WORDS } from "../../alerts/_components/words.ts";
import { trendsHref, unfilteredHref } from "../search-params.ts";

/** Kinds whose values are ids. */
const NAMED = ["actor", "image", "assignee", "entry"] as const satisfies ChoiceKey[];

/** Every filter in force but the time, each with a way to drop it. */
export async function ActiveFilters({ filter }: { filter: TrendsFilter }) {
  const { alerts } = filter;
  const names = await listNames(NAMED.flatMap((key) => alerts[key].map(({ value }) => value)));
  const accounts = await accountNames(alerts.account.map(({ value }) => value));
  const nameOf = (key: ChoiceKey, value: string) =>
    key === "account" ? accountWords(value, accounts.get(value)) : (names.get(value) ?? value);
  const chips: FilterChip[] = CHOICE_KEYS.flatMap((key) =>
    alerts[key].map(({ value, not }) => ({
      words: `${FILTER_WORDS[key]} ${not ? "is not" : "is"} ${valueWords(key, value, nameOf(key, value))}`,
      href: trendsHref(filter, { alerts: { choice: { key, value, set: "remove" } } }),
    })),
  );
  if (alerts.q)
    chips.push({ words: `Contains “${alerts.q}”`, href: trendsHref(filter, { alerts: { q: null } }) });
  if (alerts.count) {
    chips.push({
      words: `At least ${alerts.count} detections`,
      href: trendsHref(filter, { alerts: { count: null } }),
    });
  }
  return <FilterChips chips={chips} clearHref={unfilteredHref(filter)} />;
}
