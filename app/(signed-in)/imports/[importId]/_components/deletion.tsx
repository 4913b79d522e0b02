import { deletionSentence } from "#lib/ingest/deletion-sentence.ts";
import { canDelete } from "#lib/ingest/import.ts";
import { type DeletionRow, getDeletion, previewDeletion } from "#lib/ingest/queries/deletion.ts";
import type { ImportRow } from "#lib/ingest/queries.ts";
import { TimeWithUtc } from "../../../../_ui/time.tsx";
import { KeepFresh } from "../../../sources/_components/keep-fresh.tsx";
import { ReadAgain } from "../../rejected/_components/read-again.tsx";
import { DeleteImport } from "./delete-import.tsx";
import classes from "./deletion.module.css";

type DeletionProps = { row: ImportRow; mayDelete: boolean; zone: string; now: Date };

const LOOK_MS = 2000;

/** What became of an import that was deleted; for those who may, what deleting it would delete. */
export async function Deletion({ row, mayDelete, zone, now }: DeletionProps) {
  const deletion = row.state === "deleting" || row.state === "deleted" ? await getDeletion(row.id) : null;
  if (deletion) {
    return (
      <section className={classes.section} aria-label="Deletion">
        <h2>Deletion</h2>
        <p role="status">{wordsOf(deletion)}</p>
        <p className="secondary">
          Asked for by {deletion.askedBy ?? "somebody"},{" "}
          <TimeWithUtc time={deletion.createdAt} zone={zone} now={now} />
        </p>
        {deletion.state === "failed" && mayDelete ? (
          <DeleteImport seen={{ id: row.id, state: row.state }} name={row.name} label="Go on with it…" />
        ) : null}
        {deletion.state === "queued" || deletion.state === "running" ? <KeepFresh everyMs={LOOK_MS} /> : null}
      </section>
    );
  }
  if (!mayDelete || !canDelete(row.state)) return null;
  return (
    <section className={classes.section} aria-label="Deletion">
      <h2>Read again, or delete</h2>
      <ReadAgain
        scope={{ kind: "import", importId: row.id }}
        label="See what reading it again would change"
      />
      <p>{deletionSentence(await previewDeletion(row.id), "would")}</p>
      <DeleteImport seen={{ id: row.id, state: row.state }} name={row.name} label="Delete…" />
    </section>
  );
}

function wordsOf(deletion: DeletionRow): string {
  const { state, done, total, failure } = deletion;
  const counted = deletionSentence(deletion, "did");
  if (state === "queued") return "Waiting for a worker.";
  if (state === "running") {
    return `Being deleted: ${done.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")} records. ${counted}`;
  }
  return state === "failed" ? `The deletion stopped: ${failure}. ${counted}` : counted;
}
