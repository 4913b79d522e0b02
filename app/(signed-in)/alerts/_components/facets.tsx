import { Ban } from "lucide-react";
import Link from "next/link";
import { type AlertFilter, CHOICE_KEYS, type ChoiceKey } from "#lib/triage/alert-filter.ts";
import { FACET_VALUES, type FacetValue, listAlertFacets } from "#lib/triage/queries/alert-facets.ts";
import { accountNames } from "../../../_organisation/names.ts";
import { accountWords } from "../../../_ui/account-name.tsx";
import { alertsHref } from "../search-params.ts";
import classes from "./facets.module.css";
import { OperationText } from "./operation-text.tsx";
import { valueWords } from "./value-words.ts";
import { FILTER_WORDS } from "./words.ts";

/** The commonest values of each kind, with exact counts, to include or to rule out. */
export async function Facets({ filter, now }: { filter: AlertFilter; now: Date }) {
  const facets = await listAlertFacets(filter, now);
  const accounts = await accountNames(facets.account.map(({ value }) => value));
  return CHOICE_KEYS.filter((key) => facets[key].length > 0).map((key) => (
    <section key={key} className={classes.facet} aria-label={FILTER_WORDS[key]}>
      <h2 className={classes.name}>{FILTER_WORDS[key]}</h2>
      <ul className={classes.values}>
        {facets[key].map((value) => (
          <Value
            key={value.value}
            filter={filter}
            facet={key}
            value={
              key === "account"
                ? { ...value, name: accountWords(value.value, accounts.get(value.value)) }
                : value
            }
          />
        ))}
      </ul>
      {facets[key].length === FACET_VALUES ? (
        <p className={classes.more}>The {FACET_VALUES} commonest; search for others.</p>
      ) : null}
    </section>
  ));
}

function Value({ filter, facet, value }: { filter: AlertFilter; facet: ChoiceKey; value: FacetValue }) {
  const chosen = filter[facet].find((choice) => choice.value === value.value);
  const words = valueWords(facet, value.value, value.name);
  const choice = { key: facet, value: value.value } as const;
  const include = alertsHref(filter, {
    choice: { ...choice, set: chosen && !chosen.not ? "remove" : "include" },
  });
  const exclude = alertsHref(filter, { choice: { ...choice, set: chosen?.not ? "remove" : "exclude" } });
  return (
    <li className={classes.value} data-state={chosen ? (chosen.not ? "excluded" : "included") : undefined}>
      <Link
        href={include}
        className={classes.include}
        title={words}
        aria-current={chosen && !chosen.not ? "true" : undefined}
      >
        <span className={classes.words}>
          {facet === "operation" ? <OperationText operation={words} /> : <bdi>{words}</bdi>}
        </span>
        <span className={classes.count}>{value.count.toLocaleString("en-GB")}</span>
      </Link>
      <Link
        href={exclude}
        className={classes.exclude}
        aria-label={`${chosen?.not ? "Stop ruling out" : "Rule out"} ${words}`}
        title="Rule out"
      >
        <Ban size={12} aria-hidden="true" />
      </Link>
    </li>
  );
}
