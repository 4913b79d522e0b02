import Link from "next/link";
import type { ConnectionStanding } from "#lib/sumo/connection.ts";
import { healthOf, lagOf } from "#lib/sumo/health.ts";
import { formatBytes } from "../../../_ui/bytes.ts";
import lines from "../../../_ui/table.module.css";
import { formatAgo, formatUtc } from "../../../_ui/time.tsx";
import { connectionHref } from "../search-params.ts";
import { formatDuration, formatIn } from "./duration.ts";
import { HealthMark } from "./health-mark.tsx";
import { problemWords } from "./problem-notice.tsx";
import classes from "./sources.module.css";
import { placeWords } from "./words.ts";

type ConnectionsTableProps = { connections: ConnectionStanding[]; zone: string; now: Date };

/** Every connection with how it does. */
export function ConnectionsTable({ connections, zone, now }: ConnectionsTableProps) {
  return (
    <div className={lines.scroll}>
      <table className={`${lines.table} ${classes.table}`}>
        <caption className="visually-hidden">Connections, times in {zone}</caption>
        <thead>
          <tr>
            <th scope="col">Connection</th>
            <th scope="col">Health</th>
            <th scope="col">In a sentence</th>
            <th scope="col">Last success</th>
            <th scope="col" className="number">
              Behind
            </th>
            <th scope="col" className="number">
              Messages an hour
            </th>
            <th scope="col" className="number">
              Bytes an hour
            </th>
            <th scope="col">Next run</th>
            <th scope="col" className="number">
              Gaps
            </th>
          </tr>
        </thead>
        <tbody>
          {connections.map((connection) => (
            <Row key={connection.id} connection={connection} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ connection, now }: { connection: ConnectionStanding; now: Date }) {
  const { id, name, enabled, lastSuccessAt, nextRunAt, messagesPerHour, bytesPerHour, gaps, problem } =
    connection;
  const { state, sentence } = healthOf(connection, now);
  return (
    <tr>
      <td className={classes.name}>
        <Link href={connectionHref(id)} className={lines.open} title={name}>
          {name}
        </Link>
        <span className={classes.place}>{placeWords(connection)}</span>
      </td>
      <td>
        <HealthMark state={state} />
      </td>
      <td className={classes.sentence}>
        {sentence}
        {problem ? ` ${problemWords(problem.reason).sentence}` : ""}
      </td>
      <td title={lastSuccessAt ? formatUtc(lastSuccessAt) : undefined}>
        {lastSuccessAt ? formatAgo(lastSuccessAt, now) : <span className="secondary">–</span>}
      </td>
      <td className="number">{formatDuration(lagOf(connection, now))}</td>
      <td className="number">{Math.round(messagesPerHour).toLocaleString("en-GB")}</td>
      <td className="number">{formatBytes(Math.round(bytesPerHour))}</td>
      <td title={enabled ? formatUtc(nextRunAt) : undefined}>
        {enabled ? formatIn(nextRunAt, now) : <span className="secondary">–</span>}
      </td>
      <td className={gaps === 0 ? "number secondary" : "number"}>{gaps.toLocaleString("en-GB")}</td>
    </tr>
  );
}
