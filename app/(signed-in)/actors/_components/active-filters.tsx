import { type ActorFilter, isFiltered } from "#lib/actors/actor-filter.ts";
import { accountNames } from "../../../_organisation/names.ts";
import { accountWords } from "../../../_ui/account-name.tsx";
import { type FilterChip, FilterChips } from "../../../_ui/filter-chips.tsx";
import { formatTime } from "../../../_ui/time.tsx";
import { PLATFORM_WORDS } from "../../alerts/_components/words.ts";
import { actorsHref } from "../search-params.ts";
import { KIND_WORDS, SEEN_WORDS } from "./words.ts";

type ActiveFiltersProps = { filter: ActorFilter; zone: string; now: Date };

/** Every filter in force, each with a way to drop it. */
export async function ActiveFilters({ filter, zone, now }: ActiveFiltersProps) {
  if (!isFiltered(filter)) return null;
  const accounts = await accountNames([filter.account ?? null]);
  return <FilterChips chips={chipsOf(filter, accounts, zone, now)} clearHref="/actors" />;
}

function chipsOf(
  filter: ActorFilter,
  accounts: ReadonlyMap<string, string>,
  zone: string,
  now: Date,
): FilterChip[] {
  const { q, platform, kind, account, open, seen, from, to, newFrom, newTo } = filter;
  const chips: [words: string | undefined, key: keyof ActorFilter][] = [
    [q && `Contains “${q}”`, "q"],
    [platform && `Platform is ${PLATFORM_WORDS[platform]}`, "platform"],
    [kind && `Kind is ${KIND_WORDS[kind]}`, "kind"],
    [account && `Acted in ${accountWords(account, accounts.get(account))}`, "account"],
    [open ? "Has open alerts" : undefined, "open"],
    [seen && SEEN_WORDS[seen], "seen"],
    [!seen && from ? `Last seen since ${formatTime(from, zone, now)}` : undefined, "from"],
    [!seen && to ? `Last seen until ${formatTime(to, zone, now)}` : undefined, "to"],
    [newFrom && `First seen since ${formatTime(newFrom, zone, now)}`, "newFrom"],
    [newTo && `First seen until ${formatTime(newTo, zone, now)}`, "newTo"],
  ];
  return chips.flatMap(([words, key]) =>
    words ? [{ words, href: actorsHref(filter, { [key]: null }) }] : [],
  );
}
