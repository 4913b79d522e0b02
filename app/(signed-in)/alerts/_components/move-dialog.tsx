"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import type { NamedLink } from "#lib/triage/alert.ts";
import type { MoveName } from "#lib/triage/move.ts";
import type { TriageFailure } from "../actions.ts";

const loadModal = () => import("./move-modal.tsx");
const MoveModal = dynamic(() => loadModal().then(({ MoveModal: modal }) => modal), { ssr: false });

export type MoveDialogProps = {
  /** What is to be done; null: nothing, the dialog is shut. */
  move: MoveName | null;
  /** What it is done to: "ALR-12", "3 alerts". */
  target: string;
  /** Whether a press may come at any moment. */
  isNear?: boolean;
  assignees: NamedLink[];
  /** How the alert stands now, told beside a refusal. */
  state?: string;
  /** Makes the change. Returns why it was refused, or null. */
  send: (change: Record<string, unknown>) => Promise<TriageFailure | null>;
  close: () => void;
};

/** The dialog of a change. It is no part of the page's first load, and there before somebody presses. */
export function MoveDialog({ isNear = true, ...props }: MoveDialogProps) {
  const [isWanted, setWanted] = useState(false);
  if (props.move !== null && !isWanted) setWanted(true);
  useEffect(() => {
    if (isNear) void loadModal();
  }, [isNear]);
  return isWanted ? <MoveModal {...props} /> : null;
}
