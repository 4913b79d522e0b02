"use client";

import { X } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useId, useState } from "react";
import { MachineText } from "../../../_ui/machine-text.tsx";
import classes from "./value-tokens.module.css";

type ValueTokensProps = {
  label: string;
  hint: string;
  values: readonly string[];
  problem: string | undefined;
  change: (values: string[]) => void;
};

/** Values as removable tokens. Enter, leaving the field or pasting several lines adds; Backspace takes the last one out. */
export function ValueTokens({ label, hint, values, problem, change }: ValueTokensProps) {
  const [text, setText] = useState("");
  const problemId = useId();
  const add = (typed: readonly string[]) => {
    const added = typed.map((one) => one.trim()).filter((one) => one !== "");
    if (added.length > 0) change([...new Set([...values, ...added])]);
    setText("");
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      add([text]);
    }
    if (event.key === "Backspace" && text === "") change(values.slice(0, -1));
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text");
    if (!pasted.includes("\n")) return;
    event.preventDefault();
    add([text, ...pasted.split(/\r?\n/)]);
  };
  return (
    <>
      <div className={classes.field} data-wrong={problem !== undefined}>
        {values.map((value) => (
          <span key={value} className={classes.token}>
            <MachineText text={value} />
            <button
              type="button"
              className={classes.remove}
              aria-label={`Remove ${value.slice(0, 100)}`}
              onClick={() => change(values.filter((one) => one !== value))}
            >
              <X size={12} aria-hidden="true" />
            </button>
          </span>
        ))}
        <input
          className={classes.input}
          aria-label={label}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : problemId}
          placeholder={values.length === 0 ? hint : ""}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={press}
          onPaste={paste}
          onBlur={() => add([text])}
        />
      </div>
      {problem === undefined ? null : (
        <p id={problemId} className={classes.problem}>
          {problem}
        </p>
      )}
    </>
  );
}
