import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { z } from "zod";
import { may } from "#lib/access/permission.ts";
import { getImport } from "#lib/ingest/queries.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { readerZone } from "../../../_ui/zone.ts";
import { Deletion } from "./_components/deletion.tsx";
import { ImportView } from "./_components/import-view.tsx";
import { PulledFrom } from "./_components/pulled-from.tsx";
import { Quieten } from "./_components/quieten.tsx";
import { Rejected } from "./_components/rejected.tsx";
import { ReadBy, WaitingTable } from "./_components/waiting-table.tsx";

export const metadata: Metadata = { title: "Import" };

const index = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0);

export default async function ImportPage({ params, searchParams }: PageProps<"/imports/[importId]">) {
  const person = await requirePermission("imports.read");
  const [{ importId }, { after, record }, zone] = await Promise.all([params, searchParams, readerZone()]);
  const row = z.guid().safeParse(importId).success ? await getImport(importId) : null;
  if (!row) notFound();
  const mayMove = may(person, "imports.create");
  const when = { zone, now: new Date() };
  return (
    <>
      <ImportView
        row={row}
        pulledFrom={row.kind === "sumo" ? <PulledFrom importId={row.id} {...when} /> : null}
        mayMove={mayMove}
        {...when}
      />
      {row.state === "needs_mapping" ? <WaitingTable importId={row.id} mayMap={mayMove} /> : null}
      {row.state === "done" ? <ReadBy importId={row.id} mayMap={mayMove} /> : null}
      {row.state === "done" && row.detectionCount > 0 ? (
        <Suspense fallback={null}>
          <Quieten />
        </Suspense>
      ) : null}
      {row.rejectedCount > 0 && row.state !== "deleted" ? (
        <Rejected
          importId={row.id}
          total={row.rejectedCount}
          after={index.parse(after)}
          shown={index.parse(record)}
        />
      ) : null}
      <Suspense fallback={null}>
        <Deletion row={row} mayDelete={may(person, "imports.delete")} {...when} />
      </Suspense>
    </>
  );
}
