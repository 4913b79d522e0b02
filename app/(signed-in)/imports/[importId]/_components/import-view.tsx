"use client";

import { Progress } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ImportRow } from "#lib/ingest/queries.ts";
import { importSentence } from "#lib/ingest/sentence.ts";
import { formatBytes } from "../../../../_ui/bytes.ts";
import { Fields } from "../../../../_ui/fields.tsx";
import { TimeWithUtc } from "../../../../_ui/time.tsx";
import { useLiveImports } from "../../_components/use-live-imports.ts";
import { cameBy, formWords, STATE_WORDS, TAKEN_AS_WORDS } from "../../_components/words.ts";
import { ImportMoves } from "./import-moves.tsx";
import classes from "./import-view.module.css";

type ImportViewProps = {
  row: ImportRow;
  /** The connection and its window, of what was pulled. */
  pulledFrom: ReactNode;
  /** Whether whoever looks may end its reading, or have it go on. */
  mayMove: boolean;
  zone: string;
  now: Date;
};

/** What one import brought, in a sentence and in numbers. */
export function ImportView({ row: rendered, pulledFrom, mayMove, zone, now }: ImportViewProps) {
  const live = useLiveImports().get(rendered.id);
  const row =
    live && live.records >= rendered.records && rendered.state === "running"
      ? { ...rendered, ...live }
      : rendered;
  const number = (value: number) => value.toLocaleString("en-GB");
  const time = (value: Date | null) => (value ? <TimeWithUtc time={value} zone={zone} now={now} /> : null);
  return (
    <>
      <header className={classes.header}>
        <nav aria-label="Breadcrumb" className={classes.crumbs}>
          <Link href="/imports">Imports</Link>
        </nav>
        <h1 className={classes.name}>{row.name}</h1>
        <p className={classes.sentence} role="status">
          <span className={row.failure ? classes.failure : undefined}>{importSentence(row)}</span>
        </p>
        {row.failureDetail ? <p className={classes.detail}>{row.failureDetail}</p> : null}
        {row.state === "running" ? (
          <Progress
            value={row.byteSize === 0 ? 0 : (100 * row.bytesRead) / row.byteSize}
            size="sm"
            aria-label="Progress"
          />
        ) : null}
        {mayMove ? (
          <ImportMoves
            id={row.id}
            state={row.state}
            records={row.records}
            finishedAt={row.finishedAt}
            zone={zone}
            now={now}
          />
        ) : null}
      </header>
      <div className={classes.fields}>
        <Fields
          fields={[
            ["State", STATE_WORDS[row.state]],
            ["Records", number(row.records)],
            ["New", number(row.newCount)],
            ["Known already", number(row.duplicateCount)],
            ["Rejected", number(row.rejectedCount)],
            ["Detections", number(row.detectionCount)],
          ]}
        />
        <Fields
          fields={[
            ["Came by", cameBy(row)],
            ["Source", row.source],
            ["Pulled from", pulledFrom],
            ["Taken", TAKEN_AS_WORDS[row.takenAs]],
            ["Form", row.form && formWords(row.form)],
            ["Size", formatBytes(row.byteSize)],
            ["Delivered", time(row.createdAt)],
            ["Begun", time(row.startedAt)],
            ["Ended", time(row.finishedAt)],
            ["Cancelled by", row.cancelledBy],
          ]}
        />
      </div>
    </>
  );
}
