"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState, useTransition } from "react";
import { revokeTokenAction, type TokenRefusal } from "../actions.ts";
import classes from "./tokens.module.css";
import { refusalSentence } from "./words.ts";

/** Makes a token useless, after saying what that does. */
export function RevokeToken({ tokenId, name }: { tokenId: string; name: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const [refusal, setRefusal] = useState<TokenRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const close = () => {
    setIsOpen(false);
    setRefusal(null);
  };
  const revoke = () =>
    startTransition(async () => {
      const outcome = await revokeTokenAction({ tokenId });
      if (outcome.ok) close();
      else setRefusal(outcome.reason);
    });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Revoke ${name}`}
        onClick={() => setIsOpen(true)}
      >
        Revoke
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={`Revoke ${name}`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Stack gap="sm">
          <p className={classes.consequence}>
            Whatever is sent with this token from now on is refused. What it has delivered stays, and is read.
            This cannot be undone; a new token can be made for the same source.
          </p>
          {refusal ? (
            <p className={classes.refusal} role="alert">
              {refusalSentence(refusal)}
            </p>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button size="xs" variant="default" onClick={close}>
              Leave it
            </Button>
            <Button size="xs" variant="outline" color="var(--bad)" loading={isPending} onClick={revoke}>
              Revoke
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
