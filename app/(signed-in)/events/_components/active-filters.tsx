import { EVENT_KEYS, type EventChoiceKey, type EventFilter } from "#lib/events/event-filter.ts";
import { listNames } from "#lib/triage/queries/names.ts";
import { accountNames } from "../../../_organisation/names.ts";
import { accountWords } from "../../../_ui/account-name.tsx";
import { type FilterChip, FilterChips } from "../../../_ui/filter-chips.tsx";
import { formatTime } from "../../../_ui/time.tsx";
import { RANGE_WORDS } from "../../alerts/_components/words.ts";
import { type EventsBase, type EventsChange, eventsHref, unfilteredHref } from "../search-params.ts";
import { DETECTION_WORDS, EVENT_KEY_WORDS, eventValueWords } from "./words.ts";

type ActiveFiltersProps = { base: EventsBase; filter: EventFilter; zone: string; now: Date };

/** Every filter in force, but for what the page itself asks for. */
export async function ActiveFilters({ base, filter, zone, now }: ActiveFiltersProps) {
  const ids = [...filter.actor, ...filter.image].map(({ value }) => value);
  const names = await listNames(ids);
  const accounts = await accountNames(filter.account.map(({ value }) => value));
  const nameOf = (key: EventChoiceKey, value: string) =>
    key === "account" ? accountWords(value, accounts.get(value)) : (names.get(value) ?? value);
  const chips: FilterChip[] = EVENT_KEYS.filter((key) => key !== base.fixed).flatMap((key) =>
    filter[key].map(({ value, not }) => ({
      words: `${EVENT_KEY_WORDS[key]} ${not ? "is not" : "is"} ${eventValueWords(key, value, nameOf(key, value))}`,
      href: eventsHref(base, filter, { choice: { key, value, set: "remove" } }),
    })),
  );
  return (
    <FilterChips
      chips={[...chips, ...otherChips(base, filter, zone, now)]}
      clearHref={unfilteredHref(base)}
    />
  );
}

function otherChips(base: EventsBase, filter: EventFilter, zone: string, now: Date): FilterChip[] {
  const { q, detections, range, from, to } = filter;
  const chips: [words: string | undefined, drop: EventsChange][] = [
    [q && `Contains “${q}”`, { q: null }],
    [detections && DETECTION_WORDS[detections], { detections: null }],
    [range && RANGE_WORDS[range], { range: null }],
    [!range && from ? `Since ${formatTime(from, zone, now)}` : undefined, { from: null }],
    [!range && to ? `Until ${formatTime(to, zone, now)}` : undefined, { to: null }],
  ];
  return chips.flatMap(([words, drop]) => (words ? [{ words, href: eventsHref(base, filter, drop) }] : []));
}
