import type { Route } from "next";
import Link from "next/link";
import { countWaitingImports } from "#lib/ingest/mappings/queries.ts";
import classes from "./waiting-imports.module.css";

/** Says how many imports wait for somebody who knows their columns, and opens the one that has waited longest. */
export async function WaitingImports() {
  const { count, oldestId } = await countWaitingImports();
  if (count === 0 || oldestId === null) return null;
  return (
    <p className={classes.line}>
      {count === 1 ? "One import waits" : `${count.toLocaleString("en-GB")} imports wait`} until somebody says
      what the columns of a table hold.{" "}
      <Link href={`/imports/${oldestId}` as Route}>
        {count === 1 ? "Open it" : "Open the one that has waited longest"}
      </Link>
    </p>
  );
}
