"use client";

import type { ReactNode } from "react";
import classes from "./fault.module.css";
import { Notice } from "./notice.tsx";

/** In place of a page that could not be rendered. What it was is in the log, under the digest; the page is told no more. */
export function Fault({ error, children }: { error: unknown; children: ReactNode }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <Notice title="This page could not be shown" tone="bad">
      <div className={classes.parts}>
        <p>
          Either the database does not answer at the moment, or there is a fault in Barnacle. Nothing that was
          stored is lost.
        </p>
        <p>
          Try again in a minute. If it stays so, tell whoever runs Barnacle: the server's log says what
          happened
          {digest ? (
            <>
              , under <code>{digest}</code>
            </>
          ) : null}
          .
        </p>
        {children}
      </div>
    </Notice>
  );
}
