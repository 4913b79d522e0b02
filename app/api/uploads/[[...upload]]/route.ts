import type { Person } from "#lib/access/person.ts";
import { listUnfinished } from "#lib/ingest/uploads.ts";
import { authorize } from "../../../_access/current-person.ts";
import { refuse } from "../../../_access/refuse.ts";
import { UPLOADS_PATH, uploadServer } from "../upload-server.ts";

/**
 * Resumable uploads, by the tus protocol 1.0. A file is an import once its last byte is stored. Asked by GET, those that a
 * person has begun and not ended, so that one can go on with them.
 */
async function handle(request: Request): Promise<Response> {
  const person = await authorize("imports.create");
  const response = person.ok ? await answer(request, person.value) : refuse(person.reason);
  // Uploads pass by the proxy, which gives other answers these headers.
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("cache-control", "private, no-store");
  return response;
}

async function answer(request: Request, person: Person): Promise<Response> {
  if (request.method !== "GET") return await (await uploadServer(person)).handleWeb(request);
  if (new URL(request.url).pathname !== UPLOADS_PATH) return new Response(null, { status: 404 });
  return Response.json(await listUnfinished(person.id));
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
};
