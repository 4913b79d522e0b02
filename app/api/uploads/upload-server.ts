import { MemoryLocker, Server } from "@tus/server";
import type { Person } from "#lib/access/person.ts";
import { env } from "#lib/env.ts";
import { createImport } from "#lib/ingest/commands.ts";
import type { NewImport } from "#lib/ingest/import.ts";
import { deliveryOf, makeDurable, openUploadStore } from "#lib/ingest/uploads.ts";
import { log } from "#lib/log.ts";

const locker = new MemoryLocker();

/** Serves the uploads of one person. Another's are not found, whatever id is asked for. */
export async function uploadServer(person: Person): Promise<Server> {
  const datastore = await openUploadStore();
  return new Server({
    path: "/api/uploads",
    datastore,
    locker,
    maxSize: env().limits.uploadBytes,
    relativeLocation: true,
    allowedOrigins: [],
    disableTerminationForFinishedUploads: true,
    onUploadCreate: async (_request, { metadata }) => ({ metadata: { ...metadata, owner: person.id } }),
    onIncomingRequest: async ({ method }, id) => {
      const upload = await datastore.getUpload(id).catch(() => undefined);
      if (!upload) return;
      if (upload.metadata?.owner !== person.id) throw notFound();
      // A client whose last answer was lost asks how much is here, and takes "all of it" for success.
      const delivery = method === "HEAD" ? deliveryOf(upload) : undefined;
      if (delivery) await take(delivery);
    },
    onUploadFinish: async (_request, { id }) => {
      const delivery = deliveryOf(await datastore.getUpload(id));
      return delivery ? { headers: { "x-import-id": await take(delivery) } } : {};
    },
  });
}

/** Makes a delivery an import, once its last byte is on the disk. Until that succeeds the client is told nothing else. */
async function take(delivery: NewImport): Promise<string> {
  try {
    await makeDurable(delivery.storedAs);
    return await createImport(delivery);
  } catch (error) {
    log.error({ error: (error as Error).message }, "an upload could not be made an import");
    throw error;
  }
}

function notFound(): { status_code: number; body: string } {
  return { status_code: 404, body: "There is no such upload.\n" };
}
