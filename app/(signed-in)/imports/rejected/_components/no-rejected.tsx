import Link from "next/link";
import type { RejectedFilter } from "#lib/ingest/rejected-filter.ts";
import { Notice } from "../../../../_ui/notice.tsx";

/** Why there is nothing in the list. */
export function NoRejected({ filter }: { filter: RejectedFilter }) {
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return isFiltered ? (
    <Notice title="No rejected record matches">
      <Link href="/imports/rejected">Show all rejected records</Link>
    </Notice>
  ) : (
    <Notice title="No record is rejected">
      A record that cannot be read is kept here with its reason and its place in the file, until it is read
      again or its import is deleted.
    </Notice>
  );
}
