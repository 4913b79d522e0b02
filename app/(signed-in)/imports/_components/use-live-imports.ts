"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { ImportProgress } from "#lib/ingest/import.ts";

/** The progress of imports as the server tells of it. When one begins or ends the page is rendered anew. */
export function useLiveImports(): ReadonlyMap<string, ImportProgress> {
  const router = useRouter();
  const [live, setLive] = useState<ReadonlyMap<string, ImportProgress>>(new Map());
  useEffect(() => {
    const states = new Map<string, string>();
    const source = new EventSource("/api/live");
    source.addEventListener("import", ({ data }: MessageEvent<string>) => {
      const progress = JSON.parse(data) as ImportProgress;
      setLive((before) => new Map(before).set(progress.id, progress));
      if (states.get(progress.id) !== progress.state) router.refresh();
      states.set(progress.id, progress.state);
    });
    // What happened while the connection was being made, or was lost, is on a fresh page.
    source.addEventListener("open", () => router.refresh());
    return () => source.close();
  }, [router]);
  return live;
}
