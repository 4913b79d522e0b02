import type { Metadata } from "next";
import { may } from "#lib/access/permission.ts";
import { countRejectedByReason, listRejectedRecords } from "#lib/ingest/queries/rejected.ts";
import { parseRejectedName, rejectedFilterSchema } from "#lib/ingest/rejected-filter.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { readerZone } from "../../../_ui/zone.ts";
import { NoRejected } from "./_components/no-rejected.tsx";
import { RejectedBar } from "./_components/rejected-bar.tsx";
import { RejectedHeader } from "./_components/rejected-header.tsx";
import { RejectedRecordView } from "./_components/rejected-record-view.tsx";
import { RejectedTable } from "./_components/rejected-table.tsx";
import { filterNames } from "./filter-names.ts";

export const metadata: Metadata = { title: "Rejected records" };

const text = (value: unknown) => (typeof value === "string" ? value : undefined);

export default async function RejectedPage({ searchParams }: PageProps<"/imports/rejected">) {
  const person = await requirePermission("imports.read");
  const params = await searchParams;
  const filter = rejectedFilterSchema.parse(params);
  const shown = parseRejectedName(text(params.record));
  const now = new Date();
  const [{ rows, next }, reasons, zone, names] = await Promise.all([
    listRejectedRecords(filter, text(params.page)),
    countRejectedByReason(filter),
    readerZone(),
    filterNames(filter, now),
  ]);
  const view = { ...filter, page: text(params.page), record: text(params.record) };
  const when = { zone, now };
  return (
    <>
      <RejectedHeader filter={filter} reasons={reasons} mayReplay={may(person, "replays.run")} />
      <RejectedBar key={JSON.stringify(filter)} filter={filter} reasons={reasons} {...names} />
      {rows.length === 0 ? (
        <NoRejected filter={filter} />
      ) : (
        <RejectedTable rows={rows} next={next} view={view} {...when} />
      )}
      {shown ? <RejectedRecordView {...shown} /> : null}
    </>
  );
}
