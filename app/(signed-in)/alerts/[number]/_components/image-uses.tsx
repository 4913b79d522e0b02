import type { Route } from "next";
import Link from "next/link";
import { encodeEventKey } from "#lib/events/event-key.ts";
import type { AlertRow } from "#lib/triage/alert.ts";
import { amountWords } from "#lib/triage/amount-words.ts";
import type { DeedPage } from "#lib/triage/queries/alert-deeds.ts";
import type { AlertStory } from "#lib/triage/queries/alert-story.ts";
import {
  type ImageUse,
  type ImageUses as ImageUsesFound,
  listImageUses,
  USE_KINDS,
} from "#lib/triage/queries/image-uses.ts";
import { list } from "#lib/triage/verbs.ts";
import { Account } from "../../../../_organisation/account.tsx";
import { MachineText } from "../../../../_ui/machine-text.tsx";
import lines from "../../../../_ui/table.module.css";
import { formatTime, Time } from "../../../../_ui/time.tsx";
import { actorHref } from "../../../actors/search-params.ts";
import { OUTCOME_WORDS } from "../../_components/words.ts";
import layout from "./layout.module.css";

type ImageUsesProps = { alert: AlertRow; deeds: DeedPage; story: AlertStory; zone: string; now: Date };

/** Where the image went: what started, pulled, copied or shared it since. */
export async function ImageUses({ alert, deeds, story, zone, now }: ImageUsesProps) {
  if (!alert.image || deeds.imageIds.length === 0) return null;
  const { tags, digests } = whichOf(deeds, story);
  const found = await listImageUses({
    alertId: alert.id,
    imageIds: deeds.imageIds,
    from: alert.firstAt,
    tags,
    digests,
  });
  return (
    <section className={layout.section} aria-label="Where the image went" id="uses">
      <h2>Where the image went</h2>
      <p className={layout.lead}>{usesSentence(found, zone, now)}</p>
      {found.uses.length > 0 ? (
        <div className={`${lines.scroll} ${layout.bleed}`}>
          <table className={lines.table}>
            <caption className="visually-hidden">Uses of the image, times in {zone}</caption>
            <thead>
              <tr>
                <th scope="col">Time · {zone}</th>
                <th scope="col">What</th>
                <th scope="col">Account</th>
                <th scope="col">Region</th>
                <th scope="col">Actor</th>
                <th scope="col">Which</th>
                <th scope="col">Outcome</th>
              </tr>
            </thead>
            <tbody>
              {found.uses.map((use) => (
                <Use key={encodeEventKey(use.event)} {...{ alert, use, zone, now }} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <p className={layout.after}>
        <Link
          href={
            `/events?${new URLSearchParams({ image: alert.image.id, from: alert.firstAt.toISOString(), sort: "time" })}` as Route
          }
          prefetch={false}
        >
          All events of the image since
        </Link>
      </p>
    </section>
  );
}

/** The tags and digests that were pushed. Where not all of them are known, any use of the repository may be one of them. */
function whichOf({ deeds, later }: DeedPage, { tags }: AlertStory): { tags: string[]; digests: string[] } {
  if (later) return { tags: [], digests: [] };
  const done = deeds.flatMap(({ rows }) => rows).filter(({ outcome }) => outcome !== "failure");
  return { tags, digests: [...new Set(done.flatMap(({ digest }) => digest ?? []))] };
}

function Use({ alert, use, zone, now }: { alert: AlertRow; use: ImageUse; zone: string; now: Date }) {
  const { event, kind, operation, account, region, actor, tag, digest, made, sharedWith, outcome } = use;
  const which = made?.name ?? (sharedWith.length > 0 ? sharedWith.join(", ") : (tag ?? digest));
  return (
    <tr>
      <td>
        <Link href={eventHref(alert.number, event)} className={lines.open} prefetch={false}>
          <Time time={event.occurredAt} zone={zone} now={now} />
        </Link>
      </td>
      <td title={operation}>
        {kind} <span className="secondary">{operation}</span>
      </td>
      <td>{account ? <Account account={account} /> : <None />}</td>
      <td>{region ?? <None />}</td>
      <td>
        {actor ? (
          <Link href={actorHref(actor.id)} className={layout.above} prefetch={false}>
            <MachineText text={actor.name} />
          </Link>
        ) : (
          <None />
        )}
      </td>
      <td>{which ? <MachineText text={which} /> : <None />}</td>
      <td>{OUTCOME_WORDS[outcome]}</td>
    </tr>
  );
}

function eventHref(number: number, event: ImageUse["event"]): Route {
  return `/alerts/${number}?${new URLSearchParams({ event: encodeEventKey(event) })}#record` as Route;
}

function None() {
  return <span className="secondary">–</span>;
}

/** "Started 2 times and pulled once since, in 2 accounts." */
function usesSentence({ counts, accounts, uses, until }: ImageUsesFound, zone: string, now: Date): string {
  const looked = until
    ? ` Looked at until ${formatTime(until, zone, now)}, where the image has had 2,000 events since; the list of its events goes on.`
    : "";
  const all = USE_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
  if (all === 0)
    return `No event that is stored tells of a start, a pull, a copy or a sharing of it since.${looked}`;
  const said = USE_KINDS.filter((kind) => counts[kind] > 0).map(
    (kind) => `${kind} ${counts[kind] === 1 ? "once" : amountWords(counts[kind], "time")}`,
  );
  const where = accounts > 1 ? `, in ${amountWords(accounts, "account")}` : "";
  const shown = uses.length < all ? ` The first ${uses.length} are shown.` : "";
  const sentence = list(said);
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)} since${where}.${shown}${looked}`;
}
