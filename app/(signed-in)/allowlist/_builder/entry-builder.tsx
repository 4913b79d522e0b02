import type { ReactNode } from "react";
import type { Person } from "#lib/access/person.ts";
import { type Entry, REASON_CLASS_NAMES, REASON_CLASSES } from "#lib/allowlist/entry.ts";
import { CHANGEABLE } from "#lib/allowlist/entry-move.ts";
import { listOwners } from "#lib/allowlist/queries/entry.ts";
import type { DraftOffer } from "#lib/allowlist/queries/offer.ts";
import { readerZone } from "../../../_ui/zone.ts";
import { draftOf, emptyDraft, offeredDraft } from "./draft.ts";
import { EntryForm } from "./entry-form.tsx";
import type { Changed } from "./use-saving.ts";

const CLASSES = REASON_CLASS_NAMES.map((value) => ({ value, ...REASON_CLASSES[value] }));

type EntryBuilderProps = { person: Person; entry?: Entry & { owner: string }; offer?: DraftOffer | null };

/** The form with what it starts from: an entry to change, what an alert or actor offers, or nothing. */
export async function EntryBuilder({ person, entry, offer }: EntryBuilderProps): Promise<ReactNode> {
  const [owners, zone] = await Promise.all([listOwners(), readerZone()]);
  const now = new Date();
  const beginning = { ownerId: person.id, classes: CLASSES, zone, now };
  return (
    // What is typed in it is in a zone: in another one it would be another time.
    <EntryForm
      key={zone}
      initial={
        entry ? draftOf(entry, beginning) : offer ? offeredDraft(offer, beginning) : emptyDraft(beginning)
      }
      entry={entry ? changedOf(entry) : null}
      owners={entry ? withOwner(owners, entry) : owners}
      reasonClasses={CLASSES}
      role={person.role}
      zone={zone}
      now={now}
    />
  );
}

function changedOf({ id, number, revision, state, startsAt, expiresAt }: Entry): Changed {
  return { id, number, revision, state, startsAt, expiresAt, isChangeable: CHANGEABLE.includes(state) };
}

/** Somebody who was shut out still stands there until another owner is chosen. */
function withOwner(
  owners: { id: string; name: string }[],
  { ownerId, owner }: { ownerId: string; owner: string },
): { id: string; name: string }[] {
  return owners.some(({ id }) => id === ownerId) ? owners : [...owners, { id: ownerId, name: owner }];
}
