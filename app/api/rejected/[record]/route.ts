import { getRejectedBytes } from "#lib/ingest/queries/rejected.ts";
import { parseRejectedName } from "#lib/ingest/rejected-filter.ts";
import { authorize } from "../../../_access/current-person.ts";
import { refuse } from "../../../_access/refuse.ts";

/** What is kept of a rejected record, byte for byte, as a file: never shown by the browser, whatever it holds. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/rejected/[record]">,
): Promise<Response> {
  const person = await authorize("records.read");
  if (!person.ok) return refuse(person.reason);
  const name = parseRejectedName(decodeURIComponent((await params).record));
  const bytes = name && (await getRejectedBytes(name.importId, name.index));
  if (!name || !bytes) return Response.json({ error: "There is no such record." }, { status: 404 });
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="record-${name.index}.txt"`,
    },
  });
}
