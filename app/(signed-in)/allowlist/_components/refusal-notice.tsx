"use client";

import { Button, Textarea } from "@mantine/core";
import { ShieldAlert } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { Confirmations } from "#lib/allowlist/objection.ts";
import { alertHref } from "../../alerts/search-params.ts";
import type { EntryRefusal } from "../actions.ts";
import { refusalSentence } from "./failures.ts";
import classes from "./refusal-notice.module.css";

type RefusalNoticeProps = {
  refusal: EntryRefusal;
  /** What the second press does: "Enforce all the same". */
  confirmWords: string;
  isPending: boolean;
  confirm: (which: keyof Confirmations, reason: string) => void;
  children?: React.ReactNode;
};

/** Why something was not done; what an admin may confirm asks for a reason and a second press. */
export function RefusalNotice({ refusal, confirmWords, isPending, confirm, children }: RefusalNoticeProps) {
  const which = confirmable(refusal);
  return (
    <div className={classes.notice} role="alert">
      <p className={classes.sentence}>
        <ShieldAlert size={16} aria-hidden="true" className={classes.icon} />
        <span>
          {refusalSentence(refusal)}
          {refusal.reason === "hides-true-positives" ? <AlertLinks numbers={refusal.alerts} /> : null}
        </span>
      </p>
      {which ? (
        <Confirmation
          key={which}
          words={confirmWords}
          isPending={isPending}
          confirm={(reason) => confirm(which, reason)}
        />
      ) : null}
      {children}
    </div>
  );
}

function confirmable(refusal: EntryRefusal): keyof Confirmations | null {
  if (refusal.reason === "too-broad" && refusal.canConfirm) return "broad";
  if (refusal.reason === "hides-true-positives" && refusal.canConfirm) return "truePositives";
  return null;
}

function AlertLinks({ numbers }: { numbers: readonly number[] }) {
  return (
    <>
      {" "}
      {numbers.map((number, index) => (
        <span key={number}>
          {index === 0 ? "" : ", "}
          <Link href={alertHref(number)} target="_blank">
            ALR-{number}
          </Link>
        </span>
      ))}
    </>
  );
}

const LEAST = 10;

type ConfirmationProps = { words: string; isPending: boolean; confirm: (reason: string) => void };

function Confirmation({ words, isPending, confirm }: ConfirmationProps) {
  const [reason, setReason] = useState("");
  const [isShort, setShort] = useState(false);
  const press = () => {
    const isEnough = reason.trim().length >= LEAST;
    setShort(!isEnough);
    if (isEnough) confirm(reason);
  };
  return (
    <>
      <Textarea
        label="Why it is right all the same"
        description={`At least ${LEAST} characters. It is kept in the entry's history with your name.`}
        autosize
        minRows={2}
        value={reason}
        error={
          isShort
            ? `Write at least ${LEAST} characters, so that a colleague understands it next year.`
            : undefined
        }
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <div>
        <Button size="xs" variant="outline" color="var(--bad)" loading={isPending} onClick={press}>
          {words}
        </Button>
      </div>
    </>
  );
}
