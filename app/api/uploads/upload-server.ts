import { Server } from "@tus/server";
import type { Person } from "#lib/access/person.ts";
import { env } from "#lib/env.ts";
import { UploadLocks } from "#lib/ingest/commands/upload-locks.ts";
import { createImport } from "#lib/ingest/commands.ts";
import { hasRoomFor } from "#lib/ingest/disk.ts";
import type { NewImport } from "#lib/ingest/import.ts";
import {
  deliveryOf,
  listUnfinished,
  makeDurable,
  openUploadStore,
  ownMetadata,
} from "#lib/ingest/uploads.ts";
import { log } from "#lib/log.ts";

const locker = new UploadLocks();

export const UPLOADS_PATH = "/api/uploads";

/** More than one person can mean to go on with; each keeps its bytes for days. */
const MAX_UNFINISHED = 100;

/** What the protocol's server answers with when it is thrown. */
type Refusal = { status_code: number; body: string };

const NO_SUCH_UPLOAD: Refusal = { status_code: 404, body: "There is no such upload.\n" };
const NO_SIZE: Refusal = { status_code: 400, body: "The size of the file has to be told.\n" };
const TOO_MANY: Refusal = { status_code: 429, body: "Too many uploads have begun and not ended.\n" };
const NO_ROOM: Refusal = { status_code: 507, body: "The disk has no room for this file.\n" };
const FAULT: Refusal = { status_code: 500, body: "The server could not do this.\n" };

/** Serves the uploads of one person. Another's are not found, whatever id is asked for. */
export async function uploadServer(person: Person): Promise<Server> {
  const datastore = await openUploadStore();
  return new Server({
    path: UPLOADS_PATH,
    datastore,
    locker,
    maxSize: env().limits.uploadBytes,
    relativeLocation: true,
    allowedOrigins: [],
    disableTerminationForFinishedUploads: true,
    onUploadCreate: async (_request, { size, metadata }) => {
      if (size === undefined) throw NO_SIZE;
      await checkRoomForNew(person, size);
      return { metadata: ownMetadata(metadata, person.id) };
    },
    onIncomingRequest: async ({ method }, id) => {
      const upload = await datastore.getUpload(id).catch(() => undefined);
      if (!upload) return;
      if (upload.metadata?.owner !== person.id) throw NO_SUCH_UPLOAD;
      if (method === "PATCH" && !(await hasRoomFor((upload.size ?? 0) - upload.offset))) throw NO_ROOM;
      // A client whose last answer was lost asks how much is here, and takes "all of it" for success.
      const delivery = method === "HEAD" ? deliveryOf(upload) : undefined;
      if (delivery) await take(delivery);
    },
    onUploadFinish: async (_request, { id }) => {
      const delivery = deliveryOf(await datastore.getUpload(id));
      return delivery ? { headers: { "x-import-id": await take(delivery) } } : {};
    },
    onResponseError: (_request, error) => {
      if ("status_code" in error) return error;
      // What the file system says names places of this machine.
      log.error({ error: error.message }, "an upload request failed");
      return FAULT;
    },
  });
}

/** What others have begun will need its room too. */
async function checkRoomForNew(person: Person, size: number): Promise<void> {
  const unfinished = await listUnfinished();
  if (unfinished.filter(({ owner }) => owner === person.id).length >= MAX_UNFINISHED) throw TOO_MANY;
  const promised = unfinished.reduce((sum, { byteSize, sent }) => sum + byteSize - sent, 0);
  if (!(await hasRoomFor(promised + size))) throw NO_ROOM;
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
