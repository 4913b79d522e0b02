import { decodeEventKey } from "#lib/events/parse-event-key.ts";
import { getRecord } from "#lib/ingest/queries.ts";
import { authorize } from "../../../_access/current-person.ts";
import { refuse } from "../../../_access/refuse.ts";

/** The original record of an event, as a file: never shown by the browser, whatever it holds. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/records/[event]">,
): Promise<Response> {
  const person = await authorize("records.read");
  if (!person.ok) return refuse(person.reason);
  const key = decodeEventKey((await params).event);
  const record = key && (await getRecord(key.occurredAt, key.id));
  if (!key || !record) return Response.json({ error: "There is no such record." }, { status: 404 });
  return new Response(record.text, {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="record-${key.id}.json"`,
    },
  });
}
