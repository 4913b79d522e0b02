import { type AlertFilter, CHOICE_KEYS, type ChoiceKey, isFiltered } from "#lib/triage/alert-filter.ts";
import { listNames } from "#lib/triage/queries/names.ts";
import { accountNames } from "../../../_organisation/names.ts";
import { accountWords } from "../../../_ui/account-name.tsx";
import { type FilterChip, FilterChips } from "../../../_ui/filter-chips.tsx";
import { formatTime } from "../../../_ui/time.tsx";
import { alertsHref, unfilteredHref } from "../search-params.ts";
import { valueWords } from "./value-words.ts";
import { FILTER_WORDS, RANGE_WORDS, TIMING_WORDS } from "./words.ts";

/** Kinds whose values are ids. */
const NAMED = ["actor", "image", "assignee", "entry"] as const satisfies ChoiceKey[];

/** Every filter in force, each with a way to drop it: nothing narrows the list unseen. */
export async function ActiveFilters({ filter, zone, now }: { filter: AlertFilter; zone: string; now: Date }) {
  if (!isFiltered(filter)) return null;
  const names = await listNames(NAMED.flatMap((key) => filter[key].map(({ value }) => value)));
  const accounts = await accountNames(filter.account.map(({ value }) => value));
  const nameOf = (key: ChoiceKey, value: string) =>
    key === "account" ? accountWords(value, accounts.get(value)) : (names.get(value) ?? value);
  const chips: FilterChip[] = CHOICE_KEYS.flatMap((key) =>
    filter[key].map(({ value, not }) => ({
      words: `${FILTER_WORDS[key]} ${not ? "is not" : "is"} ${valueWords(key, value, nameOf(key, value))}`,
      href: alertsHref(filter, { choice: { key, value, set: "remove" } }),
    })),
  );
  if (filter.q) chips.push({ words: `Contains “${filter.q}”`, href: alertsHref(filter, { q: null }) });
  if (filter.count)
    chips.push({ words: `At least ${filter.count} detections`, href: alertsHref(filter, { count: null }) });
  if (filter.range)
    chips.push({ words: RANGE_WORDS[filter.range], href: alertsHref(filter, { range: null }) });
  else {
    if (filter.from) {
      chips.push({
        words: `Since ${formatTime(filter.from, zone, now)}`,
        href: alertsHref(filter, { from: null }),
      });
    }
    if (filter.to)
      chips.push({
        words: `Until ${formatTime(filter.to, zone, now)}`,
        href: alertsHref(filter, { to: null }),
      });
  }
  if (filter.timing)
    chips.push({ words: TIMING_WORDS[filter.timing], href: alertsHref(filter, { timing: null }) });
  if (filter.visibleFrom) {
    chips.push({
      words: `Visible since ${formatTime(filter.visibleFrom, zone, now)} or later`,
      href: alertsHref(filter, { visibleFrom: null }),
    });
  }
  if (filter.visibleTo) {
    chips.push({
      words: `Visible since ${formatTime(filter.visibleTo, zone, now)} or earlier`,
      href: alertsHref(filter, { visibleTo: null }),
    });
  }
  return <FilterChips chips={chips} clearHref={unfilteredHref(filter)} />;
}
