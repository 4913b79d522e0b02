"use client";

import { TriangleAlert } from "lucide-react";
import type { PreviewRow } from "#lib/ingest/mappings/preview.ts";
import lines from "../../../../_ui/table.module.css";
import { Time } from "../../../../_ui/time.tsx";
import { OUTCOME_WORDS, PLATFORM_WORDS } from "../../../alerts/_components/words.ts";
import classes from "./mapping-form.module.css";

type PreviewTableProps = { rows: readonly PreviewRow[]; zone: string; now: Date };

const HEADS = [
  ...["Line", "Time", "Operation", "Service", "Outcome", "Rules"],
  ...["Actor", "Source", "Image", "Account", "Region"],
];

/** The first rows of a table as they would be read. */
export function PreviewTable({ rows, zone, now }: PreviewTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className={lines.scroll} aria-label="Preview of the first rows" tabIndex={0}>
      <table className={`${lines.table} ${classes.preview}`}>
        <caption className="visually-hidden">The first rows as they would be read, times in {zone}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {head === "Time" ? `Time · ${zone}` : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td className="number">{row.line.toLocaleString("en-GB")}</td>
              {row.ok ? <EventCells event={row.event} zone={zone} now={now} /> : <Rejected row={row} />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Rejected({ row: { sentence, detail } }: { row: Extract<PreviewRow, { ok: false }> }) {
  return (
    <td colSpan={HEADS.length - 1} className={classes.rejected} title={detail}>
      <TriangleAlert size={14} aria-hidden="true" className={classes.icon} />
      {sentence} <bdi className="secondary">{detail}</bdi>
    </td>
  );
}

type Event = Extract<PreviewRow, { ok: true }>["event"];

function EventCells({ event, zone, now }: { event: Event; zone: string; now: Date }) {
  return (
    <>
      <td>
        <Time time={event.occurredAt} zone={zone} now={now} />
      </td>
      <Cell text={event.operation} />
      <td title={PLATFORM_WORDS[event.platform]}>{event.service ?? PLATFORM_WORDS[event.platform]}</td>
      <td title={event.errorCode ?? undefined}>
        {OUTCOME_WORDS[event.outcome]}
        {event.errorCode ? <bdi>: {event.errorCode}</bdi> : null}
      </td>
      <td title={event.detections.join(" ")}>
        {event.detections.length === 0 ? <span className="secondary">none</span> : event.detections.join(" ")}
      </td>
      <Cell text={event.actor} />
      <td title={event.sourceIp ?? undefined}>
        <bdi className="mono">{event.sourceIp ?? "–"}</bdi>
        {event.isExternal ? " external" : ""}
      </td>
      <Cell text={event.images.join(", ") || null} />
      <Cell text={event.account} />
      <Cell text={event.region} />
    </>
  );
}

function Cell({ text }: { text: string | null }) {
  if (text === null) return <td className="secondary">–</td>;
  return (
    <td title={text}>
      <bdi className="mono">{text}</bdi>
    </td>
  );
}
