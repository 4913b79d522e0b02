"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState, useTransition } from "react";
import { problemAt } from "../../_components/refusal.ts";
import { RefusalNotice } from "../../_components/refusal-notice.tsx";
import { KeyFields } from "../../_form/key-fields.tsx";
import { rotateKeyAction, type SourceRefusal } from "../../actions.ts";

type RotateKeyProps = {
  seen: { id: string; revision: number };
  accessIdEnd: string;
  close: () => void;
  done: () => void;
};

const EMPTY = { accessId: "", accessKey: "" };

/** Asks for another key in place of the stored one. */
export function RotateKey({ seen, accessIdEnd, close, done }: RotateKeyProps) {
  const [key, setKey] = useState(EMPTY);
  const [refusal, setRefusal] = useState<SourceRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const rotate = () =>
    startTransition(async () => {
      const outcome = await rotateKeyAction({ seen, key });
      if (!outcome.ok) return setRefusal(outcome.reason);
      done();
      close();
    });
  return (
    <Modal
      opened
      onClose={close}
      title="Rotate the access key"
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rotate();
        }}
      >
        <Stack gap="sm">
          <p>
            Make a new key in Sumo Logic first, give it here, see that it works, and then delete the one that
            ends in <code>{accessIdEnd}</code> there. Pulling goes on from where it is.
          </p>
          <KeyFields
            value={key}
            problemOf={(path) => problemAt(refusal, path)}
            change={(part) => setKey((before) => ({ ...before, ...part }))}
          />
          {refusal ? <RefusalNotice refusal={refusal} besideFields /> : null}
          <Group justify="flex-end" gap="xs">
            <Button size="xs" variant="default" onClick={close}>
              Leave it
            </Button>
            <Button size="xs" type="submit" loading={isPending}>
              Rotate key
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
