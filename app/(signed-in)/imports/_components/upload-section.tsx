import { env } from "#lib/env.ts";
import { listUnfinished } from "#lib/ingest/uploads.ts";
import { UnfinishedUploads } from "./unfinished-uploads.tsx";
import { UploadArea } from "./upload-area.tsx";

/** For those who may import: where to upload, and what they began and have not ended. */
export async function UploadSection({ personId, zone }: { personId: string; zone: string }) {
  const found = await listUnfinished(personId);
  return (
    <>
      <UploadArea limits={env().limits} />
      <UnfinishedUploads found={found} zone={zone} now={new Date()} />
    </>
  );
}
