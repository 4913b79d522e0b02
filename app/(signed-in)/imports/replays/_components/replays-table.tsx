import type { Route } from "next";
import Link from "next/link";
import type { ReplayRow } from "#lib/ingest/queries/replays.ts";
import { replaySentence } from "#lib/ingest/replay-sentence.ts";
import lines from "../../../../_ui/table.module.css";
import { Time } from "../../../../_ui/time.tsx";
import { aboutWords, REPLAY_STATE_WORDS } from "./words.ts";

/** The latest replays and looks at what one would change. */
export function ReplaysTable({ rows, zone, now }: { rows: ReplayRow[]; zone: string; now: Date }) {
  return (
    <div className={lines.scroll}>
      <table className={lines.table}>
        <caption className="visually-hidden">Replays, times in {zone}</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">How</th>
            <th scope="col">State</th>
            <th scope="col">What differs</th>
            <th scope="col">By</th>
            <th scope="col">Asked for · {zone}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const words = aboutWords(row);
            const sentence = row.state === "queued" ? "" : replaySentence(row.counts, row.dryRun);
            return (
              <tr key={row.id}>
                <td>
                  <Link href={`/imports/replays/${row.id}` as Route} className={lines.open} title={words}>
                    <bdi>{words}</bdi>
                  </Link>
                </td>
                <td>{row.dryRun ? "dry run" : "changes the store"}</td>
                <td>{REPLAY_STATE_WORDS[row.state]}</td>
                <td title={sentence}>{sentence}</td>
                <td>{row.askedBy ?? "somebody"}</td>
                <td>
                  <Time time={row.createdAt} zone={zone} now={now} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
