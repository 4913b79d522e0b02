import { authorize } from "../../../_access/current-person.ts";
import { refuse } from "../../../_access/refuse.ts";
import { uploadServer } from "../upload-server.ts";

/** Resumable uploads, by the tus protocol 1.0. A file is an import once its last byte is stored. */
async function handle(request: Request): Promise<Response> {
  const person = await authorize("imports.create");
  if (!person.ok) return refuse(person.reason);
  const server = await uploadServer(person.value);
  return await server.handleWeb(request);
}

export { handle as DELETE, handle as HEAD, handle as OPTIONS, handle as PATCH, handle as POST };
