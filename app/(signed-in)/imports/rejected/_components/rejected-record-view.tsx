import Link from "next/link";
import { getRejectedRecord } from "#lib/ingest/queries.ts";
import { rejectedName } from "#lib/ingest/rejected-filter.ts";
import { isKeptWhole } from "#lib/ingest/reread.ts";
import { REJECTION_SENTENCES } from "#lib/logs/rejection.ts";
import { Fields } from "../../../../_ui/fields.tsx";
import classes from "./rejected-record-view.module.css";

const SHOWN_LENGTH = 64 * 1024;

/** One rejected record: why, where, and what is there, as text whatever it holds. */
export async function RejectedRecordView({ importId, index }: { importId: string; index: number }) {
  const record = await getRejectedRecord(importId, index);
  if (!record) return <p className={classes.note}>The original of this record is no longer kept.</p>;
  const { text, reason, detail } = record;
  return (
    <section className={classes.view} aria-label="Rejected record" id="record">
      <h2>{REJECTION_SENTENCES[reason] ?? reason}</h2>
      <Fields
        fields={[
          ["Seen", <bdi key="seen">{detail}</bdi>],
          [
            "File",
            <Link key="file" href={`/imports/${importId}`}>
              <bdi>{record.importName}</bdi>
            </Link>,
          ],
          ["In the archive", record.entry === null ? null : <bdi key="entry">{record.entry}</bdi>],
          ["Record", index.toLocaleString("en-GB")],
          ["Line", record.line.toLocaleString("en-GB")],
          ["Byte", record.byteOffset.toLocaleString("en-GB")],
          [
            "Read again",
            isKeptWhole(reason)
              ? null
              : "It cannot be: what stood around it, or its end, is not kept. Upload the file again once it is mended.",
          ],
        ]}
      />
      <pre className={classes.record}>{text.slice(0, SHOWN_LENGTH).toWellFormed() || "(nothing)"}</pre>
      <p className={classes.note}>
        {text.length > SHOWN_LENGTH
          ? `Its first ${SHOWN_LENGTH.toLocaleString("en-GB")} characters of ${text.length.toLocaleString("en-GB")}. `
          : ""}
        <a href={`/api/rejected/${rejectedName(importId, index)}`} download>
          Download all that is kept of it
        </a>
      </p>
    </section>
  );
}
