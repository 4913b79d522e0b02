import { getImportProgress, watchImports } from "#lib/ingest/queries.ts";
import { authorize } from "../../_access/current-person.ts";
import { refuse } from "../../_access/refuse.ts";

/** Messages about one import are gathered for so long, so that a fast import does not flood its watchers. */
const GATHER_MS = 250;
/** Keeps proxies from ending a quiet stream. */
const BEAT_MS = 20_000;

/** Server-sent events: `import`, each with the import's progress. */
export async function GET(request: Request): Promise<Response> {
  const person = await authorize("imports.read");
  if (!person.ok) return refuse(person.reason);
  const stream = new ReadableStream<Uint8Array>({ start: (controller) => watch(controller, request.signal) });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}

function watch(controller: ReadableStreamDefaultController<Uint8Array>, signal: AbortSignal): void {
  const encoder = new TextEncoder();
  const waiting = new Map<string, NodeJS.Timeout>();
  const send = (text: string) => {
    if (!signal.aborted) controller.enqueue(encoder.encode(text));
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
  const beat = setInterval(() => send(": still here\n\n"), BEAT_MS);
  send(": listening\n\n");
  signal.addEventListener("abort", () => {
    stop();
    clearInterval(beat);
    for (const timer of waiting.values()) clearTimeout(timer);
    controller.close();
  });
}
