import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { may } from "#lib/access/permission.ts";
import { getReplay } from "#lib/ingest/queries/replays.ts";
import { requirePermission } from "../../../../_access/current-person.ts";
import { readerZone } from "../../../../_ui/zone.ts";
import { ReplayDifferences } from "../_components/replay-differences.tsx";
import { ReplayHeader } from "../_components/replay-header.tsx";

export const metadata: Metadata = { title: "Replay" };

export default async function ReplayPage({ params }: PageProps<"/imports/replays/[runId]">) {
  const person = await requirePermission("imports.read");
  const [{ runId }, zone] = await Promise.all([params, readerZone()]);
  const row = z.guid().safeParse(runId).success ? await getReplay(runId) : null;
  if (!row) notFound();
  const when = { zone, now: new Date() };
  return (
    <>
      <ReplayHeader row={row} mayRun={may(person, "replays.run")} {...when} />
      <ReplayDifferences row={row} {...when} />
    </>
  );
}
