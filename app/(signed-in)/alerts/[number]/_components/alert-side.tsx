import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { may } from "#lib/access/permission.ts";
import type { Person } from "#lib/access/person.ts";
import { type ClientBehind, clientsTogether } from "#lib/events/client.ts";
import { type AlertRow, alertName, subjectWords } from "#lib/triage/alert.ts";
import type { DeedPage } from "#lib/triage/queries/alert-deeds.ts";
import { getNeighbours } from "#lib/triage/queries/alert-neighbours.ts";
import { type AlertStory, LISTED } from "#lib/triage/queries/alert-story.ts";
import { AddressPlace, asOfWords, placeWords } from "../../../../_addresses/address-place.tsx";
import { Account, ApplicationName } from "../../../../_organisation/account.tsx";
import { Copyable } from "../../../../_ui/copy-value.tsx";
import { Fields } from "../../../../_ui/fields.tsx";
import { formatAgo, TimeWithUtc } from "../../../../_ui/time.tsx";
import { actorHref } from "../../../actors/search-params.ts";
import { ClientBehindInternal } from "../../../events/_components/client-behind.tsx";
import { CLASS_WORDS, familyWords, PLATFORM_WORDS } from "../../_components/words.ts";
import { alertHref } from "../../search-params.ts";
import { AboutRule } from "./about-rule.tsx";
import { AlertInSumo } from "./alert-in-sumo.tsx";
import layout from "./layout.module.css";

type AlertSideProps = {
  person: Person;
  alert: AlertRow;
  story: AlertStory;
  deeds: DeedPage;
  zone: string;
  now: Date;
};

/** Who, what and where, each to copy; then what the rules say about it. */
export async function AlertSide({ person, alert, story, deeds, zone, now }: AlertSideProps) {
  const { before, after } = await getNeighbours(alert.id);
  const behind = deeds.deeds.flatMap(({ facts }) => facts.client ?? []);
  return (
    <aside className={layout.side} aria-label="About this alert">
      <section>
        <h2>About this alert</h2>
        <Fields
          fields={[
            ["Kind", familyWords(alert.family)],
            ["Platform", PLATFORM_WORDS[alert.platform]],
            [
              "Accounts",
              alert.accounts.length > 0 ? <Accounts key="accounts" accounts={alert.accounts} /> : null,
            ],
            ["Region", alert.regions.join(", ") || null],
            ["Image", listed([alert.image ? alert.subject : subjectWords(alert.subject)], "image")],
            ["Tags", listed(story.tags, "tag")],
            ["Refused tags", listed(story.refusedTags, "tag")],
            ["Shared with", listed(story.sharedWith, "party")],
            ["First", <TimeWithUtc key="first" time={alert.firstAt} zone={zone} now={now} />],
            ["Last", <TimeWithUtc key="last" time={alert.lastAt} zone={zone} now={now} />],
            ["Age", formatAgo(alert.lastAt, now)],
            ["Continues", before === null ? null : <AlertLink key="before" number={before} />],
            ["Continued by", after === null ? null : <AlertLink key="after" number={after} />],
          ]}
        />
      </section>
      {may(person, "allowlist.draft") ? (
        <section>
          <h2>Was it expected?</h2>
          <Link href={`/allowlist/new?alert=${alert.number}` as Route} prefetch={false}>
            Allow this…
          </Link>
        </section>
      ) : null}
      <section>
        <h2>Who and from where</h2>
        <Fields
          fields={[
            ["Actors", <ActorLinks key="actors" actors={story.actors} />],
            ["Principals", listed(story.principals, "principal")],
            ["Access keys", listed(story.accessKeys, "access key")],
            ["Sources", <Sources key="sources" addresses={alert.sourceIps} />],
            ["Client", behind.length > 0 ? <Client key="client" {...{ behind, story, zone, now }} /> : null],
            ["Signed in", deeds.deeds.some(({ facts }) => facts.inConsole) ? "in the console" : null],
            ["Classes", alert.addressClasses.map((name) => CLASS_WORDS[name]).join(", ")],
            ["User agents", listed(story.userAgents, "user agent")],
          ]}
        />
      </section>
      <AlertInSumo person={person} alert={alert} story={story} />
      <section>
        <h2>Related ids</h2>
        <Fields
          fields={[
            ["Alert", listed([alert.id], "alert id")],
            ["Correlations", listed(story.correlationIds, "correlation id")],
          ]}
        />
      </section>
      {alert.rules.map((rule) => (
        <AboutRule key={rule} id={rule} />
      ))}
    </aside>
  );
}

function listed(values: readonly string[], label: string): ReactNode {
  if (values.length === 0) return null;
  return (
    <>
      {values.map((value) => (
        <div key={value} className={layout.one}>
          <Copyable value={value} label={`Copy ${label} ${value}`}>
            <bdi className="mono">{value}</bdi>
          </Copyable>
        </div>
      ))}
      {values.length === LISTED ? (
        <div className="secondary">the first {LISTED}; each detection has its own</div>
      ) : null}
    </>
  );
}

function Accounts({ accounts }: { accounts: readonly string[] }) {
  return accounts.map((account) => (
    <div key={account} className={layout.one}>
      <Copyable value={account} label={`Copy account ${account}`}>
        <Account account={account} isWhole />
      </Copyable>
    </div>
  ));
}

/** Each with where it is said to be. */
function Sources({ addresses }: { addresses: readonly string[] }) {
  if (addresses.length === 0) return "–";
  const hasPlaces = addresses.some((address) => placeWords(address) !== null);
  return (
    <>
      {addresses.map((address) => (
        <div key={address} className={layout.one}>
          <Copyable value={address} label={`Copy address ${address}`}>
            <bdi className="mono">{address}</bdi>
          </Copyable>{" "}
          <AddressPlace address={address} />
        </div>
      ))}
      {addresses.length === LISTED ? (
        <div className="secondary">the first {LISTED}; each detection has its own</div>
      ) : null}
      {hasPlaces ? <div className="secondary">{asOfWords()}</div> : null}
    </>
  );
}

type ClientProps = { behind: ClientBehind[]; story: AlertStory; zone: string; now: Date };

/** Who stands behind those of its calls that hide it. */
function Client({ behind, story, zone, now }: ClientProps) {
  const hasKey = story.accessKeys.length > 0;
  return <ClientBehindInternal behind={clientsTogether(behind)} {...{ hasKey, zone, now }} />;
}

/** Each leads to all that the actor did. */
function ActorLinks({ actors }: Pick<AlertStory, "actors">) {
  if (actors.length === 0) return "–";
  return (
    <>
      {actors.map(({ id, name }) => (
        <div key={id} className={layout.one}>
          <Copyable value={name} label={`Copy actor ${name}`}>
            <Link href={actorHref(id)} className="mono">
              <bdi>{name}</bdi>
            </Link>
          </Copyable>
          <ApplicationName id={name} />
        </div>
      ))}
      {actors.length === LISTED ? (
        <div className="secondary">the first {LISTED}; each detection has its own</div>
      ) : null}
    </>
  );
}

function AlertLink({ number }: { number: number }) {
  return <Link href={alertHref(number)}>{alertName(number)}</Link>;
}
