import { open } from "node:fs/promises";
import { FileStore } from "@tus/file-store";
import { MemoryLocker, Server } from "@tus/server";
import { z } from "zod";
import type { Person } from "#lib/access/person.ts";
import { env } from "#lib/env.ts";
import { createImport } from "#lib/ingest/commands.ts";
import { TAKEN_AS } from "#lib/ingest/import.ts";
import { ensureUploadsFolder, removeUpload, uploadPath } from "#lib/ingest/uploads.ts";
import { log } from "#lib/log.ts";

const locker = new MemoryLocker();

const metadataSchema = z.object({
  filename: z.string().max(1000).catch("unnamed"),
  takenAs: z.enum(TAKEN_AS).catch("auto"),
  owner: z.string(),
});

/** Serves the uploads of one person. Another's are not found, whatever id is asked for. */
export async function uploadServer(person: Person): Promise<Server> {
  const datastore = new FileStore({ directory: await ensureUploadsFolder() });
  return new Server({
    path: "/api/uploads",
    datastore,
    locker,
    maxSize: env().maxUploadBytes,
    relativeLocation: true,
    allowedOrigins: [],
    disableTerminationForFinishedUploads: true,
    onUploadCreate: async (_request, { metadata }) => ({ metadata: { ...metadata, owner: person.id } }),
    onIncomingRequest: async (_request, id) => {
      const upload = await datastore.getUpload(id).catch(() => undefined);
      if (upload && upload.metadata?.owner !== person.id) throw notFound();
    },
    onUploadFinish: async (_request, upload) => {
      const { filename, takenAs } = metadataSchema.parse(upload.metadata);
      try {
        await makeDurable(uploadPath(upload.id));
        const byteSize = upload.size ?? upload.offset;
        const delivery = { kind: "upload", name: filename, storedAs: upload.id, byteSize, takenAs } as const;
        const importId = await createImport({ ...delivery, createdBy: person.id });
        return { headers: { "x-import-id": importId } };
      } catch (error) {
        log.error({ error: (error as Error).message }, "an upload could not be made an import");
        // A complete upload without an import would be lost: without the file the client sends it again.
        await removeUpload(upload.id);
        throw error;
      }
    },
  });
}

function notFound(): { status_code: number; body: string } {
  return { status_code: 404, body: "There is no such upload.\n" };
}

/** Its last byte is on the disk before it is acknowledged. */
async function makeDurable(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
