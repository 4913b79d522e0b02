import type { Metadata } from "next";
import Link from "next/link";
import { may } from "#lib/access/permission.ts";
import { listReplays } from "#lib/ingest/queries/replays.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { readerZone } from "../../../_ui/zone.ts";
import classes from "../[importId]/_components/import-view.module.css";
import { NewReplay } from "./_components/new-replay.tsx";
import { ReplaysTable } from "./_components/replays-table.tsx";

export const metadata: Metadata = { title: "Replays" };

export default async function ReplaysPage() {
  const person = await requirePermission("imports.read");
  const [rows, zone] = await Promise.all([listReplays(), readerZone()]);
  return (
    <>
      <header className={classes.header}>
        <nav aria-label="Breadcrumb" className={classes.crumbs}>
          <Link href="/imports">Imports</Link>
        </nav>
        <h1 className={classes.name}>Replays</h1>
        <p className={classes.sentence}>
          Stored records are read again by the Barnacle of today: after an upgrade, a new mapping or a change
          of rules. What people decided is left alone.
        </p>
      </header>
      {may(person, "replays.run") ? <NewReplay /> : null}
      {rows.length === 0 ? (
        <Notice title="Nothing has been read again yet" />
      ) : (
        <ReplaysTable rows={rows} zone={zone} now={new Date()} />
      )}
    </>
  );
}
