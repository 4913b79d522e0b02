"use client";

import { Button } from "@mantine/core";
import { Notice } from "../_ui/notice.tsx";

/** A bug, or a database that does not answer: what it was is in the log, under the digest. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <Notice title="This page could not be shown" tone="bad">
      <p>
        Nothing was lost. The server's log says what happened
        {error.digest ? (
          <>
            , under <code>{error.digest}</code>
          </>
        ) : null}
        .
      </p>
      <Button variant="default" size="xs" onClick={retry}>
        Try again
      </Button>
    </Notice>
  );
}
