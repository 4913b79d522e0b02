import { COLUMNS, ROW_LISTS } from "#lib/organisation/columns.ts";
import { allRows } from "#lib/organisation/queries/lists.ts";
import { draftOf } from "#lib/organisation/rows.ts";
import { toCsv } from "#lib/trends/csv.ts";
import { authorize } from "../../../_access/current-person.ts";
import { refuse } from "../../../_access/refuse.ts";

/** A list of the organisation as CSV, which its import takes back as it is. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/organisation/[list]">,
): Promise<Response> {
  const person = await authorize("organisation.read");
  if (!person.ok) return refuse(person.reason);
  const { list: name } = await params;
  const list = ROW_LISTS.find((one) => one === name);
  if (!list) return Response.json({ error: "There is no such list." }, { status: 404 });
  const columns: readonly string[] = COLUMNS[list];
  const rows = (await allRows(list)).map(({ row }) => draftOf(list, row));
  const csv = toCsv([columns, ...rows.map((draft) => columns.map((column) => draft[column] ?? ""))]);
  return new Response(csv, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="barnacle-${list}.csv"`,
      "cache-control": "no-store",
    },
  });
}
