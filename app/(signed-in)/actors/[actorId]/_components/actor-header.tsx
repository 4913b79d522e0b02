import Link from "next/link";
import type { ActorSummary } from "#lib/actors/actor.ts";
import { counted, deedsSentence } from "#lib/actors/sentence.ts";
import { ApplicationName } from "../../../../_organisation/account.tsx";
import { applicationIn } from "../../../../_organisation/names.ts";
import { CopyValue } from "../../../../_ui/copy-value.tsx";
import { MachineText } from "../../../../_ui/machine-text.tsx";
import { formatAgo, Time } from "../../../../_ui/time.tsx";
import { PLATFORM_WORDS } from "../../../alerts/_components/words.ts";
import { KIND_WORDS } from "../../_components/words.ts";
import { alertsOfActorHref } from "../../search-params.ts";
import classes from "./layout.module.css";

type ActorHeaderProps = { actor: ActorSummary & { accountCount: number }; zone: string; now: Date };

/** Who it is, and what they did, in a sentence; then the way to their alerts. */
export function ActorHeader({ actor, zone, now }: ActorHeaderProps) {
  const { id, name, kind, platform, key, firstSeen, lastSeen, accountCount, alerts, open } = actor;
  const kindWords =
    kind === "unknown"
      ? "an actor of unknown kind"
      : `${/^[aeiou]/.test(kind) ? "an" : "a"} ${KIND_WORDS[kind]}`;
  return (
    <header className={classes.header}>
      <p className={classes.crumbs}>
        <Link href="/actors">Actors</Link>
      </p>
      <h1 className={classes.name} title={name}>
        <bdi>{name}</bdi>
        <ApplicationName id={applicationIn(key)} />
      </h1>
      <p className={classes.key}>
        <MachineText text={key} />
        <CopyValue value={key} label="Copy the whole principal" />
      </p>
      <p className={classes.sentence}>
        {kindWords.charAt(0).toUpperCase()}
        {kindWords.slice(1)} on {PLATFORM_WORDS[platform]}, seen from{" "}
        <Time time={firstSeen} zone={zone} now={now} /> to <Time time={lastSeen} zone={zone} now={now} /> (
        {formatAgo(lastSeen, now)}){accountCount > 0 ? ` in ${counted(accountCount, "account")}` : ""}:{" "}
        {deedsSentence(actor)}.{" "}
        {alerts > 0 ? <Link href={alertsOfActorHref(id, "all")}>See the alerts</Link> : null}
        {open > 0 ? (
          <>
            {" · "}
            <Link href={alertsOfActorHref(id, "open")}>only open ones</Link>
          </>
        ) : null}
      </p>
    </header>
  );
}
