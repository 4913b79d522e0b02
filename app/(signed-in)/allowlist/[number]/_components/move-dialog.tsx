"use client";

import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState, useTransition } from "react";
import type { EntryMoveName } from "#lib/allowlist/entry-move.ts";
import type { Confirmations } from "#lib/allowlist/objection.ts";
import { RefusalNotice } from "../../_components/refusal-notice.tsx";
import { MOVE_WORDS } from "../../_components/words.ts";
import { type EntryRefusal, moveEntryAction } from "../../actions.ts";
import type { OfferedMove } from "../moves.ts";

type MoveDialogProps = {
  seen: { id: string; revision: number };
  /** Null: closed. */
  offered: OfferedMove | null;
  close: () => void;
};

const NOTHING_CONFIRMED: Confirmations = { broad: null, truePositives: null };
const GRAVE: readonly EntryMoveName[] = ["revoke"];

/** Says what a move does, asks why, and does it. */
export function MoveDialog({ seen, offered, close }: MoveDialogProps) {
  const [why, setWhy] = useState("");
  const [confirmations, setConfirmations] = useState(NOTHING_CONFIRMED);
  const [refusal, setRefusal] = useState<EntryRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  if (!offered) return null;
  const { move, consequence } = offered;
  const send = (confirmed: Confirmations) =>
    startTransition(async () => {
      const outcome = await moveEntryAction({ seen, move, confirmations: confirmed, why });
      if (outcome.ok) close();
      else setRefusal(outcome.reason);
    });
  return (
    <Modal
      opened
      onClose={close}
      title={`${MOVE_WORDS[move]} this entry`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="sm">
        <p>{consequence}</p>
        <Textarea
          label="Why"
          description="Kept in the entry's history."
          autosize
          minRows={2}
          value={why}
          onChange={({ currentTarget }) => setWhy(currentTarget.value)}
          data-autofocus
        />
        {refusal ? (
          <RefusalNotice
            refusal={refusal}
            confirmWords={`${MOVE_WORDS[move]} all the same`}
            isPending={isPending}
            confirm={(which, reason) => {
              const confirmed = { ...confirmations, [which]: reason };
              setConfirmations(confirmed);
              send(confirmed);
            }}
          />
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={close}>
            Leave it
          </Button>
          <Button
            size="xs"
            loading={isPending}
            onClick={() => send(confirmations)}
            {...(GRAVE.includes(move) && { variant: "outline", color: "var(--bad)" })}
          >
            {MOVE_WORDS[move]}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
