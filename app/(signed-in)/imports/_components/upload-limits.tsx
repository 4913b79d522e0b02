import type { Limits } from "#lib/limits.ts";
import { formatBytes } from "../../../_ui/bytes.ts";
import classes from "./upload-area.module.css";

/** What bounds a delivery, before anything of it is sent. */
export function UploadLimits({ limits }: { limits: Limits }) {
  const count = (value: number) => value.toLocaleString("en-GB");
  return (
    <details className={classes.limits}>
      <summary>All limits</summary>
      <ul>
        <li>
          A file has at most {formatBytes(limits.uploadBytes)}, and leaves {formatBytes(limits.freeBytes)} of
          the server’s disk free.
        </li>
        <li>
          Out of it come at most {formatBytes(limits.insideBytes)}, and beyond the first 268 MB at most{" "}
          {count(limits.ratio)} times its own size.
        </li>
        <li>
          An archive holds at most {count(limits.entries)} files, in at most {count(limits.nesting)} layers of
          packing.
        </li>
        <li>
          A record, which is a line of JSON Lines, has at most {formatBytes(limits.recordBytes)} and at most{" "}
          {count(limits.jsonDepth)} objects and lists in one another. One that has more is rejected, and the
          others are read.
        </li>
        <li>
          Of the rejected records of a file the first {count(limits.rejectedRecords)} are kept, to be looked
          at and read again; those beyond are counted by reason.
        </li>
        <li>Reading a file takes at most {minutesWords(limits.importMinutes)}.</li>
      </ul>
      <p>What goes beyond a limit is never left out in silence: the import says so.</p>
    </details>
  );
}

function minutesWords(minutes: number): string {
  if (minutes % 60 !== 0) return minutes === 1 ? "1 minute" : `${minutes.toLocaleString("en-GB")} minutes`;
  return minutes === 60 ? "1 hour" : `${(minutes / 60).toLocaleString("en-GB")} hours`;
}
