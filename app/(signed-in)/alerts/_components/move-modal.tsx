"use client";

import { Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import type { MoveDialogProps } from "./move-dialog.tsx";
import { MoveForm } from "./move-form.tsx";
import { MOVE_WORDS } from "./triage-words.ts";

/** Asks what a change needs. What was written stays when the change is refused. */
export function MoveModal({ move, target, close, ...rest }: MoveDialogProps) {
  // Mantine gives the focus back only after an opening that it has seen.
  const [isMounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return (
    <Modal
      opened={isMounted && move !== null}
      onClose={close}
      title={move ? `${MOVE_WORDS[move].title} ${target}` : ""}
      size={move === "close" ? "xl" : "md"}
      closeButtonProps={{ "aria-label": "Shut this dialog" }}
      transitionProps={{ duration: 0 }}
    >
      {move ? <MoveForm key={move} move={move} close={close} {...rest} /> : null}
    </Modal>
  );
}
