import Link from "next/link";
import { getConnection } from "#lib/sumo/queries/connections.ts";
import { findWindowOfImport } from "#lib/sumo/queries/windows.ts";
import { Span } from "../../../sources/_components/window-words.tsx";
import { connectionHref } from "../../../sources/search-params.ts";

type PulledFromProps = { importId: string; zone: string; now: Date };

/** The connection that an import came by, and of which stretch of time. */
export async function PulledFrom({ importId, zone, now }: PulledFromProps) {
  const window = await findWindowOfImport(importId);
  const connection = window && (await getConnection(window.connectionId, now));
  if (!connection) return "a connection whose list of pulls no longer goes back so far";
  return (
    <>
      <Link href={connectionHref(connection.id)}>{connection.name}</Link>
      {", "}
      <Span from={window.startsAt} to={window.endsAt} zone={zone} now={now} /> by{" "}
      {window.timeKind === "receipt" ? "receipt" : "message time"}
    </>
  );
}
