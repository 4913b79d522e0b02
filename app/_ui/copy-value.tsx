"use client";

import { useClipboard } from "@mantine/hooks";
import { Check, Copy } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./copy-value.module.css";

type CopyValueProps = { value: string; label: string };

/** Copies a value that is shown beside it, and says so to eyes and ears. */
export function CopyValue({ value, label }: CopyValueProps) {
  const { copy, copied } = useClipboard();
  const Icon = copied ? Check : Copy;
  return (
    <>
      <button
        type="button"
        className={classes.copy}
        onClick={() => copy(value)}
        aria-label={label}
        title={copied ? "Copied" : label}
      >
        <Icon size={12} aria-hidden="true" />
      </button>
      {copied ? (
        <span role="status" className="visually-hidden">
          Copied
        </span>
      ) : null}
    </>
  );
}

/** A value and the button that copies it, which never stands on a line of its own. */
export function Copyable({ children, ...copied }: CopyValueProps & { children: ReactNode }) {
  return (
    <span className={classes.copyable}>
      <span className={classes.value}>{children}</span>
      <CopyValue {...copied} />
    </span>
  );
}
