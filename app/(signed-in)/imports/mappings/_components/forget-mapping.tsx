"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState, useTransition } from "react";
import { forgetMappingAction, type MappingRefusal } from "../actions.ts";
import classes from "./mappings-table.module.css";
import { refusalSentence } from "./refusal.ts";

/** Forgets a mapping, after saying what that does. */
export function ForgetMapping({ id, version, name }: { id: string; version: number; name: string }) {
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<MappingRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const forget = () =>
    startTransition(async () => {
      setRefusal(null);
      const outcome = await forgetMappingAction({ id, version });
      if (outcome.ok) setOpen(false);
      else setRefusal(outcome.reason);
    });
  return (
    <>
      <Button size="compact-xs" variant="default" aria-label={`Forget ${name}`} onClick={() => setOpen(true)}>
        Forget
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title="Forget this mapping"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Stack gap="sm">
          <p>
            The next table with the columns of <bdi>{name}</bdi> will wait until somebody names them again.
            What was read by it stays.
          </p>
          {refusal ? (
            <p className={classes.problem} role="alert">
              {refusalSentence(refusal)}
            </p>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button size="xs" variant="default" onClick={() => setOpen(false)}>
              Keep it
            </Button>
            <Button size="xs" variant="outline" color="var(--bad)" loading={isPending} onClick={forget}>
              Forget
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
