"use client";

import { Button, Checkbox, FileInput } from "@mantine/core";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { COLUMNS, OPTIONAL_COLUMNS, type RowList } from "#lib/organisation/columns.ts";
import { COLUMN_WORDS, countWords } from "../../../_components/words.ts";
import { refusalSentence, type SettingsRefusal } from "../../../refusal.ts";
import { importCsvAction, previewCsvAction } from "../actions.ts";
import type { CsvPreview } from "../preview.ts";
import classes from "./csv-import.module.css";
import { PreviewTable } from "./preview-table.tsx";

type Chosen = { name: string; text: string };

/** A file is chosen, looked at line by line, and then taken. */
export function CsvImport({ list }: { list: RowList }) {
  const router = useRouter();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [removesOthers, setRemovesOthers] = useState(false);
  const [preview, setPreview] = useState<CsvPreview | null>(null);
  const [refusal, setRefusal] = useState<SettingsRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const look = (file: Chosen, removes: boolean) =>
    startTransition(async () => {
      const outcome = await previewCsvAction({ list, text: file.text, removesOthers: removes });
      setPreview(outcome.ok ? outcome.value : null);
      setRefusal(outcome.ok ? null : outcome.reason);
    });
  const choose = (file: File | null) => {
    setPreview(null);
    setRefusal(null);
    setChosen(null);
    if (!file) return;
    if (file.size > MOST_BYTES) {
      setRefusal({ kind: "invalid-file", fault: { kind: "too-large", detail: "" } });
      return;
    }
    void file.text().then((text) => {
      setChosen({ name: file.name, text });
      look({ name: file.name, text }, removesOthers);
    });
  };
  const take = (seen: CsvPreview, { text }: Chosen) =>
    startTransition(async () => {
      const { seenRevision } = seen;
      const outcome = await importCsvAction({ list, text, removesOthers, seenRevision });
      if (outcome.ok) router.push(`/settings/${list}` as Route);
      else setRefusal(outcome.reason);
    });
  const changes = preview ? preview.added + preview.changed + preview.removed : 0;
  return (
    <>
      <div className={classes.form}>
        <p>
          The first line names the columns, in any order:{" "}
          {COLUMNS[list].map((column, at) => (
            <span key={column}>
              {at > 0 ? ", " : ""}
              <code title={COLUMN_WORDS[column]?.hint}>{column}</code>
              {OPTIONAL_COLUMNS.includes(column) && !(list === "images" && column === "importance")
                ? " (may be missing)"
                : ""}
            </span>
          ))}
          . Each further line is a row. What a file does is shown before anything is saved.
        </p>
        <FileInput
          size="xs"
          label="File"
          placeholder="Choose a CSV file"
          accept=".csv,.tsv,.txt,text/csv"
          clearable
          clearButtonProps={{ "aria-label": "Choose none" }}
          onChange={choose}
        />
        <Checkbox
          size="xs"
          label="Remove what the file does not name"
          description="The list is then what the file says, and nothing else."
          checked={removesOthers}
          onChange={({ currentTarget: { checked } }) => {
            setRemovesOthers(checked);
            if (chosen) look(chosen, checked);
          }}
        />
        {refusal ? (
          <p className={classes.refusal} role="alert">
            {refusalSentence(refusal)}{" "}
            {refusal.kind === "changed-meanwhile" && chosen ? (
              <Button size="compact-xs" variant="default" onClick={() => look(chosen, removesOthers)}>
                Look again
              </Button>
            ) : null}
          </p>
        ) : null}
        {preview && chosen ? (
          <div className={classes.bar}>
            <Button
              size="xs"
              disabled={changes === 0}
              loading={isPending}
              onClick={() => take(preview, chosen)}
            >
              {buttonWords(list, preview)}
            </Button>
            <p role="status">{previewSentence(list, preview, chosen.name)}</p>
          </div>
        ) : null}
      </div>
      {preview ? <PreviewTable list={list} preview={preview} /> : null}
    </>
  );
}

/** As MOST_CSV_BYTES says: a larger file need not be sent to be refused. */
const MOST_BYTES = 800_000;

function buttonWords(list: RowList, { added, changed, removed }: CsvPreview): string {
  const parts = [
    added > 0 ? `add ${countWords(list, added)}` : "",
    changed > 0 ? `change ${changed.toLocaleString("en-GB")}` : "",
    removed > 0 ? `remove ${removed.toLocaleString("en-GB")}` : "",
  ].filter((part) => part !== "");
  const words = parts.join(", ");
  return words === "" ? "Nothing to save" : `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

function previewSentence(list: RowList, { unchanged, refused }: CsvPreview, name: string): string {
  const same = unchanged > 0 ? ` ${countWords(list, unchanged)} in it stand there already.` : "";
  if (refused === 0) return `Every line of ${name} can be taken.${same}`;
  const lines = refused === 1 ? "1 line" : `${refused.toLocaleString("en-GB")} lines`;
  return `${lines} of ${name} cannot be taken and will be left out.${same}`;
}
