"use client";

import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState, useTransition } from "react";
import type { ImportState } from "#lib/ingest/import.ts";
import { REFUSAL_WORDS } from "../../../../_access/refusal-words.ts";
import { type DeleteRefusal, deleteImportAction } from "../actions.ts";

type DeleteImportProps = { seen: { id: string; state: ImportState }; name: string; label: string };

const SENTENCES = {
  ...REFUSAL_WORDS,
  "invalid-input": "Type the name of the import.",
  gone: "The import is no longer there.",
  "changed-meanwhile": "The import has changed since this page was made. Look at it again.",
  "not-confirmed": "This is not the name of the import.",
} as const satisfies Record<DeleteRefusal, string>;

/** Deletes what an import brought, once its name is typed. */
export function DeleteImport({ seen, name, label }: DeleteImportProps) {
  const [isOpen, setOpen] = useState(false);
  const [typedName, setTypedName] = useState("");
  const [refusal, setRefusal] = useState<DeleteRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const press = () =>
    startTransition(async () => {
      setRefusal(null);
      const outcome = await deleteImportAction({ ...seen, typedName });
      if (outcome.ok) setOpen(false);
      else setRefusal(outcome.reason);
    });
  return (
    <>
      <Button size="xs" variant="outline" color="var(--bad)" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title="Delete this import"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            press();
          }}
        >
          <Stack gap="sm">
            <p>What it brought cannot be had back but by importing the file again.</p>
            <TextInput
              size="xs"
              label="Type the name of the import"
              description={<bdi>{name}</bdi>}
              value={typedName}
              autoComplete="off"
              data-autofocus
              error={refusal ? SENTENCES[refusal] : null}
              onChange={(event) => setTypedName(event.currentTarget.value)}
            />
            <Group justify="flex-end" gap="xs">
              <Button size="xs" variant="default" onClick={() => setOpen(false)}>
                Keep it
              </Button>
              <Button size="xs" type="submit" variant="outline" color="var(--bad)" loading={isPending}>
                Delete
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
