import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type EmbeddedServer, startEmbedded } from "./server.ts";

export type TemporaryServer = EmbeddedServer & {
  /** Stops it and removes all that it has written. */
  remove(): Promise<void>;
};

/** A PostgreSQL of its own, for a test or for a tool that needs one for a moment. */
export async function startTemporaryServer(): Promise<TemporaryServer> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), "barnacle-"));
  const started = await startEmbedded({ dataFolder });
  if (!started.ok) {
    await rm(dataFolder, { recursive: true, force: true });
    throw new Error(started.reason.sentence);
  }
  const server = started.value;
  return {
    ...server,
    remove: async () => {
      await server.stop();
      for (const folder of [server.home, dataFolder]) await rm(folder, { recursive: true, force: true });
    },
  };
}
