"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { type ReactNode, useState, useTransition } from "react";
import classes from "./confirm.module.css";

type ConfirmProps = {
  /** What is done, on the button that asks and on the one that does it. */
  label: string;
  /** The same with what it is done to, for whoever does not see the row. */
  name: string;
  title: string;
  /** What it leads to. */
  children: ReactNode;
  keep?: string;
  /** Gives the sentence that tells why it was not done, or null when it was. */
  act: () => Promise<string | null>;
};

/** A button that takes something away, after saying what that does. */
export function Confirm({ label, name, title, children, keep = "Keep it", act }: ConfirmProps) {
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const close = () => {
    setOpen(false);
    setRefusal(null);
  };
  const press = () =>
    startTransition(async () => {
      setRefusal(null);
      const refused = await act();
      if (refused === null) close();
      else setRefusal(refused);
    });
  return (
    <>
      <Button size="compact-xs" variant="default" aria-label={name} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={close} title={title} closeButtonProps={{ "aria-label": "Close" }}>
        <Stack gap="sm">
          <p className={classes.about}>{children}</p>
          {refusal ? (
            <p className={classes.refusal} role="alert">
              {refusal}
            </p>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button size="xs" variant="default" onClick={close}>
              {keep}
            </Button>
            <Button size="xs" variant="outline" color="var(--bad)" loading={isPending} onClick={press}>
              {label}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
