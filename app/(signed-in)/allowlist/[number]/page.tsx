import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { entryName } from "#lib/allowlist/entry.ts";
import { getEntry, getHits, getLatestRun, listChanges, listDailyHits } from "#lib/allowlist/queries/entry.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { readerZone } from "../../../_ui/zone.ts";
import { EntryFacts } from "./_components/entry-facts.tsx";
import { EntryHeader } from "./_components/entry-header.tsx";
import { EntryHistory } from "./_components/entry-history.tsx";
import { EntryMoves } from "./_components/entry-moves.tsx";
import { RunProgress } from "./_components/run-progress.tsx";
import { entryNumber } from "./entry-number.ts";
import { movesOf } from "./moves.ts";

type Props = PageProps<"/allowlist/[number]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `ALW-${(await params).number}` };
}

export default async function EntryPage({ params }: Props) {
  const person = await requirePermission("allowlist.read");
  const number = entryNumber((await params).number);
  const entry = number === null ? null : await getEntry(number);
  if (!entry) notFound();
  const now = new Date();
  const [hits, daily, run, changes, zone] = await Promise.all([
    getHits(entry.id),
    listDailyHits(entry.id, now),
    getLatestRun(entry.id),
    listChanges(entry.id),
    readerZone(),
  ]);
  return (
    <article aria-label={entryName(entry.number)}>
      <EntryHeader entry={entry} zone={zone} now={now}>
        <EntryMoves
          seen={{ id: entry.id, revision: entry.revision }}
          number={entry.number}
          {...movesOf(entry, person, hits)}
        />
      </EntryHeader>
      <RunProgress run={run} />
      <EntryFacts entry={entry} hits={hits} daily={daily} zone={zone} now={now} />
      <EntryHistory changes={changes} zone={zone} now={now} />
    </article>
  );
}
