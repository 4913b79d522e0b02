"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState, useTransition } from "react";
import type { RowList } from "#lib/organisation/columns.ts";
import { removeRowAction } from "../actions.ts";
import { refusalSentence, type SettingsRefusal } from "../refusal.ts";
import classes from "./settings.module.css";

type RemoveRowProps = { list: RowList; rowKey: string; revision: number; name: string };

/** Takes a row away, after asking. */
export function RemoveRow({ list, rowKey, revision, name }: RemoveRowProps) {
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<SettingsRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const close = () => {
    setOpen(false);
    setRefusal(null);
  };
  const remove = () =>
    startTransition(async () => {
      const outcome = await removeRowAction({ list, key: rowKey, seenRevision: revision });
      if (outcome.ok) close();
      else setRefusal(outcome.reason);
    });
  return (
    <>
      <Button size="compact-xs" variant="default" aria-label={`Remove ${name}`} onClick={() => setOpen(true)}>
        Remove
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={`Remove ${name}`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Stack gap="sm">
          <p>
            Nothing that is stored is deleted. What followed from it is worked out anew, as if it had never
            been said.
          </p>
          {refusal ? (
            <p className={classes.refusal} role="alert">
              {refusalSentence(refusal)}
            </p>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button size="xs" variant="default" onClick={close}>
              Keep it
            </Button>
            <Button size="xs" variant="outline" color="var(--bad)" loading={isPending} onClick={remove}>
              Remove
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
