"use client";

import { Checkbox } from "@mantine/core";
import type { Signal } from "#lib/detection/signal.ts";
import classes from "./entry-form.module.css";
import { SIGNAL_LABELS, SIGNAL_NAMES, SIGNAL_SENTENCES } from "./signal-words.ts";

type SignalsFieldProps = { signals: readonly Signal[]; change: (signals: Signal[]) => void };

/** What the entry hides although it deserves to be seen. Nothing, unless somebody says so. */
export function SignalsField({ signals, change }: SignalsFieldProps) {
  return (
    <div className={classes.signals}>
      {SIGNAL_NAMES.map((signal) => (
        <Checkbox
          key={signal}
          size="sm"
          label={SIGNAL_LABELS[signal]}
          description={SIGNAL_SENTENCES[signal]}
          checked={signals.includes(signal)}
          onChange={({ currentTarget }) =>
            change(
              SIGNAL_NAMES.filter((one) => (one === signal ? currentTarget.checked : signals.includes(one))),
            )
          }
        />
      ))}
    </div>
  );
}
