"use client";

import "./global.css";
import { Fault } from "./_ui/fault.tsx";
import classes from "./global-error.module.css";

/** When the frame around everything failed: with nothing of it, neither its theme nor its components. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body className={classes.page}>
        <title>Barnacle</title>
        <main>
          <Fault error={error}>
            <button type="button" className={classes.button} onClick={retry}>
              Try again
            </button>
          </Fault>
        </main>
      </body>
    </html>
  );
}
