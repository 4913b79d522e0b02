import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { LONGEST_VALUE } from "#lib/events/event-filter.ts";
import { encodeEventKey } from "#lib/events/event-key.ts";
import type { Segment, SegmentLink } from "#lib/triage/sentence.ts";
import { currentOrganisation } from "../../../../_organisation/names.ts";
import { accountWords } from "../../../../_ui/account-name.tsx";
import { actorHref } from "../../../actors/search-params.ts";
import classes from "./story-text.module.css";

/** A sentence of a story: what it names leads to all that is known of it. */
export function StoryText({ segments }: { segments: readonly Segment[] }) {
  return segments.map((segment, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece may stand in it twice, and none moves
    <Piece key={at} segment={segment} />
  ));
}

function Piece({ segment: { text, what, link, whole } }: { segment: Segment }): ReactNode {
  const href = link && hrefOf(link);
  const words = what === "party" ? <Party party={text} /> : <bdi>{text}</bdi>;
  const className = what ? classes.named : undefined;
  if (!href)
    return (
      <span className={className} title={whole}>
        {words}
      </span>
    );
  return (
    <Link href={href} className={`${classes.link} ${className ?? ""}`} title={whole} prefetch={false}>
      {words}
    </Link>
  );
}

/** With whom something is shared: an account by its name too, where the organisation has said one. */
async function Party({ party }: { party: string }) {
  const organisation = await currentOrganisation();
  return <bdi>{accountWords(party, organisation.nameOfId(party))}</bdi>;
}

/** Null where an address has no room for the value. */
function hrefOf(link: SegmentLink): Route | null {
  switch (link.to) {
    case "actor":
      return actorHref(link.id);
    case "image":
      return `/events?image=${link.id}` as Route;
    case "address":
      if (link.value.length > LONGEST_VALUE) return null;
      return `/events?${new URLSearchParams({ address: link.value })}` as Route;
    case "event":
      return `/events?${new URLSearchParams({ event: encodeEventKey(link.key) })}` as Route;
  }
}
