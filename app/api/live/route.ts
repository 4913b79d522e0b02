import { getImportProgress, watchImports } from "#lib/ingest/queries.ts";
import { authorize, stillMay } from "../../_access/current-person.ts";
import { refuse } from "../../_access/refuse.ts";

/** Messages about one import are gathered for so long, so that a fast import does not flood its watchers. */
const GATHER_MS = 250;
/** Keeps proxies from ending a quiet stream; as often it is asked whether the watcher still may watch. */
const BEAT_MS = 20_000;

/** Server-sent events: `import`, each with the import's progress. */
export async function GET(request: Request): Promise<Response> {
  const person = await authorize("imports.read");
  if (!person.ok) return refuse(person.reason);
  let leave = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      leave = watch(controller, request);
    },
    cancel: () => leave(),
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}

/** Tells of imports until the client leaves, or may not watch any more. Returns what stops it at once. */
function watch(controller: ReadableStreamDefaultController<Uint8Array>, request: Request): () => void {
  const encoder = new TextEncoder();
  const waiting = new Map<string, NodeJS.Timeout>();
  const over = new AbortController();
  const send = (text: string) => {
    if (!over.signal.aborted) controller.enqueue(encoder.encode(text));
  };
  const tell = async (id: string) => {
    waiting.delete(id);
    const progress = await getImportProgress(id).catch(() => null);
    if (progress) send(`event: import\ndata: ${JSON.stringify(progress)}\n\n`);
  };
  const stop = watchImports((id) => {
    if (!waiting.has(id))
      waiting.set(
        id,
        setTimeout(() => void tell(id), GATHER_MS),
      );
  });
  const end = () => {
    if (over.signal.aborted) return;
    over.abort();
    controller.close();
  };
  const beat = setInterval(async () => {
    // A database that does not answer now tells nothing to anybody; the stream outlasts it.
    if (await stillMay(request, "imports.read").catch(() => true)) send(": still here\n\n");
    else end();
  }, BEAT_MS);
  over.signal.addEventListener("abort", () => {
    stop();
    clearInterval(beat);
    for (const timer of waiting.values()) clearTimeout(timer);
  });
  send(": listening\n\n");
  request.signal.addEventListener("abort", end);
  // The client may have left while it was looked up who asks.
  if (request.signal.aborted) end();
  return () => over.abort();
}
