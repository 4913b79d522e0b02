import type { Metadata } from "next";
import { may } from "#lib/access/permission.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { readerZone } from "../../../_ui/zone.ts";
import { KeepFresh } from "../_components/keep-fresh.tsx";
import { Feeds } from "../_feeds/feeds.tsx";
import { Backfills } from "./_components/backfills.tsx";
import { ConnectionFacts } from "./_components/connection-facts.tsx";
import { ConnectionHeader } from "./_components/connection-header.tsx";
import { Gaps } from "./_components/gaps.tsx";
import { Pulls } from "./_components/pulls.tsx";
import { connectionOf } from "./connection-of.ts";

type Props = PageProps<"/sources/[connectionId]">;

export const metadata: Metadata = { title: "Connection" };

export default async function ConnectionPage({ params }: Props) {
  const person = await requirePermission("sources.read");
  const now = new Date();
  const [{ connectionId }, zone] = await Promise.all([params, readerZone()]);
  const connection = await connectionOf(connectionId, now);
  const shared = { connection, mayManage: may(person, "sources.manage"), zone, now };
  return (
    <article aria-label={connection.name}>
      <ConnectionHeader {...shared} />
      <ConnectionFacts {...shared} />
      <Feeds source={{ kind: "sumo", key: connection.id }} {...shared} />
      <Gaps {...shared} />
      <Backfills {...shared} />
      <Pulls {...shared} />
      <KeepFresh everyMs={connection.backfillsRunning > 0 ? 2000 : 5000} />
    </article>
  );
}
