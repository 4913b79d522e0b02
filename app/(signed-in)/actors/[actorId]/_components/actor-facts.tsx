import Link from "next/link";
import type { ActorSummary } from "#lib/actors/actor.ts";
import { FACT_FIELDS, type Fact, type FactField, type FactList, LISTED } from "#lib/actors/facts.ts";
import { getActorFacts, listRecentPrincipals, RECENT_EVENTS } from "#lib/actors/queries/actor-facts.ts";
import type { EventFilter } from "#lib/events/event-filter.ts";
import { asOfWords, placeWords } from "../../../../_addresses/address-place.tsx";
import { accountNames } from "../../../../_organisation/names.ts";
import { CopyValue } from "../../../../_ui/copy-value.tsx";
import { MachineText } from "../../../../_ui/machine-text.tsx";
import { Day, formatTime } from "../../../../_ui/time.tsx";
import { EventPivots } from "../../../events/_components/event-pivots.tsx";
import { EventValue } from "../../../events/_components/event-value.tsx";
import { type EventsBase, eventsHref } from "../../../events/search-params.ts";
import { FACT_WORDS } from "../../_components/words.ts";
import classes from "./layout.module.css";

type ActorFactsProps = {
  actor: ActorSummary;
  base: EventsBase;
  filter: EventFilter;
  /** The kind of which all are listed. */
  whole: FactField | undefined;
  zone: string;
  now: Date;
};

/** With what the actor was seen: each kind counted exactly, the newest named. */
export async function ActorFacts({ actor, base, filter, whole, zone, now }: ActorFactsProps) {
  const [facts, principals] = await Promise.all([
    getActorFacts(actor.id, whole),
    listRecentPrincipals(actor.id),
  ]);
  const accounts = await accountNames(facts.account.newest.map(({ value }) => value));
  const nameOf = (field: FactField, { value, name }: Fact) => {
    if (field === "account") return accounts.get(value) ?? null;
    return field === "address" ? placeWords(value) : name;
  };
  const without = { ...base, keep: {} };
  return (
    <EventPivots base={base} filter={filter}>
      <section className={classes.facts} aria-label="Seen with">
        {FACT_FIELDS.map((field) => (
          <div key={field} className={classes.fact} data-field={field} data-whole={field === whole}>
            <h2>{headOf(field, facts[field])}</h2>
            <ul className={classes.values}>
              {facts[field].newest.map((fact) => (
                <FactItem
                  key={fact.value}
                  field={field}
                  fact={{ ...fact, name: nameOf(field, fact) }}
                  hasDay={field === "network" || field === whole}
                  {...{ zone, now }}
                />
              ))}
            </ul>
            {field === "address" && facts.address.count > 0 ? (
              <p className="secondary">{asOfWords()}</p>
            ) : null}
            {field === whole ? (
              <Link className={classes.more} href={eventsHref(without, filter)} scroll={false}>
                {restOf(facts[field])}Show the newest {LISTED}
              </Link>
            ) : facts[field].count > facts[field].newest.length ? (
              <Link
                className={classes.more}
                href={eventsHref({ ...base, keep: { facts: field } }, filter)}
                scroll={false}
                prefetch={false}
              >
                All {facts[field].count.toLocaleString("en-GB")}
              </Link>
            ) : null}
          </div>
        ))}
        <div className={classes.fact}>
          <h2>Principals as logged</h2>
          <ul className={classes.values}>
            {principals.map((principal) => (
              <li key={principal} className={classes.value}>
                <span className={classes.valueText}>
                  <MachineText text={principal} />
                </span>
                <CopyValue value={principal} label={`Copy principal ${principal}`} />
              </li>
            ))}
          </ul>
          {actor.events > RECENT_EVENTS ? (
            <p className="secondary">in the newest {RECENT_EVENTS} events</p>
          ) : null}
        </div>
      </section>
    </EventPivots>
  );
}

function headOf(field: FactField, { count }: FactList): string {
  const [one, several] = FACT_WORDS[field];
  return count === 0 ? `No ${several}` : `${count.toLocaleString("en-GB")} ${count === 1 ? one : several}`;
}

/** What even the whole list leaves out is said. */
function restOf({ count, newest }: FactList): string {
  const rest = count - newest.length;
  return rest > 0 ? `${rest.toLocaleString("en-GB")} older ones are not listed. ` : "";
}

/** `hasDay`: there is room for the day since when it is known. */
type FactItemProps = { field: FactField; fact: Fact; hasDay: boolean; zone: string; now: Date };

function FactItem({ field, fact: { value, name, firstSeen }, hasDay, zone, now }: FactItemProps) {
  return (
    <li className={classes.value} title={`First seen ${formatTime(firstSeen, zone, now)}`}>
      <span className={classes.valueText}>
        <EventValue of={field} value={value}>
          <MachineText text={value} />
          {name ? <span className={classes.factName}>{name}</span> : null}
        </EventValue>
      </span>
      {hasDay ? (
        <span className={classes.seen}>
          since <Day time={firstSeen} zone={zone} now={now} />
        </span>
      ) : null}
    </li>
  );
}
