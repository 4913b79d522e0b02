import type { Metadata } from "next";
import Link from "next/link";
import { may } from "#lib/access/permission.ts";
import { getRetention, listRetentionChanges, listRetentionRuns } from "#lib/ingest/queries/retention.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { readerZone } from "../../../_ui/zone.ts";
import classes from "../[importId]/_components/import-view.module.css";
import { RetentionForm } from "./_components/retention-form.tsx";
import { RetentionHistory } from "./_components/retention-history.tsx";
import { retentionSentence } from "./_components/words.ts";

export const metadata: Metadata = { title: "Retention" };

export default async function RetentionPage() {
  const person = await requirePermission("retention.read");
  const [{ revision, ...retention }, changes, runs, zone] = await Promise.all([
    getRetention(),
    listRetentionChanges(),
    listRetentionRuns(),
    readerZone(),
  ]);
  return (
    <>
      <header className={classes.header}>
        <nav aria-label="Breadcrumb" className={classes.crumbs}>
          <Link href="/imports">Imports</Link>
        </nav>
        <h1 className={classes.name}>Retention</h1>
        <p className={classes.sentence} role="status">
          {retentionSentence(retention)}
        </p>
      </header>
      {may(person, "retention.manage") ? (
        <RetentionForm key={revision} retention={retention} revision={revision} zone={zone} />
      ) : null}
      <RetentionHistory changes={changes} runs={runs} zone={zone} now={new Date()} />
    </>
  );
}
