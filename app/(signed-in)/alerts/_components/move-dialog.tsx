"use client";

import { Modal } from "@mantine/core";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import type { NamedLink } from "#lib/triage/alert.ts";
import type { MoveName } from "#lib/triage/move.ts";
import type { TriageFailure } from "../actions.ts";
import { MOVE_WORDS } from "./triage-words.ts";

const loadForm = () => import("./move-form.tsx");
const MoveForm = dynamic(() => loadForm().then(({ MoveForm: form }) => form), { ssr: false });

export type MoveDialogProps = {
  /** What is to be done; null: nothing, the dialog is shut. */
  move: MoveName | null;
  /** What it is done to: "ALR-12", "3 alerts". */
  target: string;
  assignees: NamedLink[];
  /** How the alert stands now, told beside a refusal. */
  state?: string;
  /** Makes the change. Returns why it was refused, or null. */
  send: (change: Record<string, unknown>) => Promise<TriageFailure | null>;
  close: () => void;
};

/** Asks what a change needs. What was written stays when the change is refused. */
export function MoveDialog({ move, target, close, ...rest }: MoveDialogProps) {
  // The fields are no part of the page's first load, and there before somebody presses.
  useEffect(() => void loadForm(), []);
  return (
    <Modal
      opened={move !== null}
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
