"use client";

import { Button } from "@mantine/core";
import { useState, useTransition } from "react";
import { refusalSentence } from "../../mappings/_components/refusal.ts";
import { leaveTableOutAction, type MappingRefusal } from "../../mappings/actions.ts";
import classes from "./waiting-table.module.css";

/** Has a table of an archive rejected, and the rest of the archive read. */
export function LeaveOut({ importId, fingerprint }: { importId: string; fingerprint: string }) {
  const [refusal, setRefusal] = useState<MappingRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const leave = () =>
    startTransition(async () => {
      setRefusal(null);
      const outcome = await leaveTableOutAction({ importId, fingerprint });
      if (!outcome.ok) setRefusal(outcome.reason);
    });
  return (
    <>
      <Button size="xs" variant="default" loading={isPending} onClick={leave}>
        Leave this table out
      </Button>
      <span className="secondary">The rest of the archive is read, and the table is rejected.</span>
      {refusal ? (
        <span className={classes.problem} role="alert">
          {refusalSentence(refusal)}
        </span>
      ) : null}
    </>
  );
}
