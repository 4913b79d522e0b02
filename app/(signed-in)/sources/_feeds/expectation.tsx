"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Expectation as Expects } from "#lib/ingest/health/feed.ts";

const loadForm = () => import("./expectation-form.tsx");
const ExpectationForm = dynamic(() => loadForm().then(({ ExpectationForm: form }) => form), { ssr: false });

export type ExpectationProps = {
  seen: { id: string; revision: number };
  /** The feed in words. */
  of: string;
  expects: Expects;
  setMinutes: number | null;
  /** What its history teaches; null: nothing yet. */
  learnt: string | null;
};

/** Lets an admin say how long a feed may be silent. */
export function Expectation(props: ExpectationProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Change how long ${props.of} may be silent`}
        onPointerEnter={() => void loadForm()}
        onFocus={() => void loadForm()}
        onClick={() => setOpen(true)}
      >
        Change
      </Button>
      {isOpen ? <ExpectationForm {...props} close={() => setOpen(false)} /> : null}
    </>
  );
}
