"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState, useTransition } from "react";
import { removeWatchItemAction, type WatchRefusal } from "../actions.ts";
import { watchSentence } from "./failures.ts";
import classes from "./watch-list.module.css";

/** Takes something off the watch list, after saying what that does. */
export function RemoveWatchItem({ itemId, value }: { itemId: string; value: string }) {
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<WatchRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const remove = () =>
    startTransition(async () => {
      const outcome = await removeWatchItemAction({ itemId });
      if (outcome.ok) setOpen(false);
      else setRefusal(outcome.reason);
    });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Watch no longer for ${value}`}
        onClick={() => setOpen(true)}
      >
        Remove
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title="Watch for it no longer"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Stack gap="sm">
          <p>
            What is about <code>{value}</code> and broke through only for that is decided by the allowlist
            again, what is stored included.
          </p>
          {refusal ? (
            <p className={classes.problem} role="alert">
              {watchSentence(refusal)}
            </p>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button size="xs" variant="default" onClick={() => setOpen(false)}>
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
