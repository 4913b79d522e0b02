"use client";

import { Button, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useState, useTransition } from "react";
import { COLUMNS, KEY_COLUMNS, type RowDraft, type RowList } from "#lib/organisation/columns.ts";
import { saveRowAction } from "../actions.ts";
import { problemAt, refusalSentence, type SettingsRefusal } from "../refusal.ts";
import classes from "./settings.module.css";
import { COLUMN_WORDS, LIST_WORDS, optionsOf } from "./words.ts";

type RowFormProps = {
  list: RowList;
  /** The row as it was seen; null: a new one. */
  seen: { draft: RowDraft; revision: number; name: string } | null;
};

/** The button that opens the form of a row, new or stored. */
export function RowForm({ list, seen }: RowFormProps) {
  const [isOpen, setOpen] = useState(false);
  const what = LIST_WORDS[list].one;
  return (
    <>
      {seen === null ? (
        <Button size="xs" onClick={() => setOpen(true)}>
          {`Add a${/^[aeiou]/.test(what) ? "n" : ""} ${what}`}
        </Button>
      ) : (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Change ${seen.name}`}
          onClick={() => setOpen(true)}
        >
          Change
        </Button>
      )}
      {isOpen ? <Opened list={list} seen={seen} close={() => setOpen(false)} /> : null}
    </>
  );
}

function Opened({ list, seen: given, close }: RowFormProps & { close: () => void }) {
  // As it was when the form was opened: the page is rendered anew behind it.
  const [seen] = useState(given);
  const [draft, setDraft] = useState<RowDraft>(seen?.draft ?? blank(list));
  const [refusal, setRefusal] = useState<SettingsRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const keys: readonly string[] = KEY_COLUMNS[list];
  const save = () =>
    startTransition(async () => {
      const outcome = await saveRowAction({ list, draft, seenRevision: seen?.revision ?? null });
      if (outcome.ok || outcome.reason.kind === "nothing") close();
      else setRefusal(outcome.reason);
    });
  const change = (column: string, value: string) => {
    setDraft({ ...draft, [column]: value });
    setRefusal(null);
  };
  return (
    <Modal
      opened
      onClose={close}
      title={seen ? `Change ${seen.name}` : `A new ${LIST_WORDS[list].one}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        aria-label={LIST_WORDS[list].one}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          <div className={classes.fields}>
            {COLUMNS[list].map((column) => {
              const { label = column, hint = "" } = COLUMN_WORDS[column] ?? {};
              const options = optionsOf(list, column);
              const field = {
                size: "xs",
                label,
                description: hint,
                error: problemAt(refusal, column),
                value: draft[column] ?? "",
                disabled: seen !== null && keys.includes(column),
                onChange: (event: { currentTarget: { value: string } }) =>
                  change(column, event.currentTarget.value),
              } as const;
              return options ? (
                <NativeSelect key={column} {...field} data={options} />
              ) : (
                <TextInput key={column} {...field} autoComplete="off" spellCheck={false} />
              );
            })}
          </div>
          {refusal ? (
            <p className={classes.refusal} role="alert">
              {refusalSentence(refusal)}
            </p>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button size="xs" variant="default" onClick={close}>
              Leave it
            </Button>
            <Button size="xs" type="submit" loading={isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function blank(list: RowList): RowDraft {
  return Object.fromEntries(
    COLUMNS[list].map((column) => [column, optionsOf(list, column)?.[0]?.value ?? ""]),
  );
}
