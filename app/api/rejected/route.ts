import { rejectedLines } from "#lib/ingest/queries/rejected.ts";
import { rejectedFilterSchema } from "#lib/ingest/rejected-filter.ts";
import { authorize } from "../../_access/current-person.ts";
import { refuse } from "../../_access/refuse.ts";

/** The rejected records of a filter with all that is kept of them, as JSON Lines. Each line is made when it is asked for. */
export async function GET(request: Request): Promise<Response> {
  const person = await authorize("records.read");
  if (!person.ok) return refuse(person.reason);
  const filter = rejectedFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const lines = rejectedLines(filter);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
  return new Response(stream, {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "content-disposition": 'attachment; filename="rejected-records.jsonl"',
      "cache-control": "no-store",
    },
  });
}
