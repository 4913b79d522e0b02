"use client";

import { Button } from "@mantine/core";
import { Fault } from "../_ui/fault.tsx";

/** A page that failed, in the frame around it. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Fault error={error}>
      <Button variant="default" size="xs" onClick={retry}>
        Try again
      </Button>
    </Fault>
  );
}
