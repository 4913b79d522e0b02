"use client";

import { Button, Modal, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useState, useTransition } from "react";
import type { WatchField } from "#lib/allowlist/watch.ts";
import { addWatchItemAction, type WatchRefusal } from "../actions.ts";
import { watchSentence } from "./failures.ts";
import classes from "./watch-list.module.css";
import { WATCH_FIELD_WORDS } from "./words.ts";

const FIELDS = Object.entries(WATCH_FIELD_WORDS).map(([value, label]) => ({ value, label }));

const HINTS = {
  actor: "The actor's key, such as 111122223333/role/ci.",
  image: "The image's key, such as eu-west-1/ami-0abc or the registry's host and repository.",
  account: "The account or subscription.",
  accessKey: "The id of the access key.",
  address: "A network as 198.51.100.0/24, or one address.",
} as const satisfies Record<WatchField, string>;

const EMPTY = { field: "actor" as WatchField, value: "", reason: "" };

/** Asks what is to be watched for, and why. */
export function AddWatchItem() {
  const [isOpen, setOpen] = useState(false);
  const [item, setItem] = useState(EMPTY);
  const [refusal, setRefusal] = useState<WatchRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const close = () => {
    setOpen(false);
    setItem(EMPTY);
    setRefusal(null);
  };
  const add = () =>
    startTransition(async () => {
      const outcome = await addWatchItemAction(item);
      if (outcome.ok) close();
      else setRefusal(outcome.reason);
    });
  const problemOf = (path: string) =>
    refusal && "issues" in refusal ? refusal.issues.find((issue) => issue.path === path)?.message : undefined;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        Watch for something
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title="Watch for something"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <Stack gap="sm">
            <NativeSelect
              label="What"
              data={FIELDS}
              value={item.field}
              onChange={({ currentTarget }) => setItem({ ...item, field: currentTarget.value as WatchField })}
              data-autofocus
            />
            <TextInput
              label="Value"
              description={HINTS[item.field]}
              value={item.value}
              error={problemOf("value")}
              onChange={({ currentTarget }) => setItem({ ...item, value: currentTarget.value })}
            />
            <Textarea
              label="Why"
              autosize
              minRows={2}
              value={item.reason}
              error={problemOf("reason")}
              onChange={({ currentTarget }) => setItem({ ...item, reason: currentTarget.value })}
            />
            {refusal && !("issues" in refusal) ? (
              <p className={classes.problem} role="alert">
                {watchSentence(refusal)}
              </p>
            ) : null}
            <Button type="submit" loading={isPending}>
              Watch for it
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
