"use client";

import { Button } from "@mantine/core";
import { Fault } from "./_ui/fault.tsx";

/** A frame that failed, or a page that has none: with the database gone, every one. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main>
      <Fault error={error}>
        <Button variant="default" size="xs" onClick={retry}>
          Try again
        </Button>
      </Fault>
    </main>
  );
}
