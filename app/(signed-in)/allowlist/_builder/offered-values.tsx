"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import type { OfferedValue } from "#lib/allowlist/queries/offer.ts";
import { MachineText } from "../../../_ui/machine-text.tsx";
import classes from "./condition-fields.module.css";
import type { ConditionRow } from "./draft.ts";

type OfferedValuesProps = {
  row: ConditionRow;
  name: string;
  change: (taken: string[]) => void;
  children: React.ReactNode;
};

/** More than these are taken in or left out together too. */
const FEW = 3;
/** More than these are shown once somebody asks, those that are taken in always. */
const SHOWN = 6;

/** Values that stand in what the draft was made from, each taken in or left out, with how much has it. */
export function OfferedValues({ row: { values, offered }, name, change, children }: OfferedValuesProps) {
  const [showsAll, setShowsAll] = useState(offered.length <= SHOWN + 1);
  const taken = new Set(values);
  const toggle = (value: string) =>
    change(
      offered.map((one) => one.value).filter((one) => (one === value ? !taken.has(one) : taken.has(one))),
    );
  const shown = offered.filter(({ value }, place) => showsAll || place < SHOWN || taken.has(value));
  return (
    <div className={classes.offered}>
      {shown.map((one) => (
        <Choice
          key={one.value}
          offered={one}
          name={name}
          isTaken={taken.has(one.value)}
          toggle={() => toggle(one.value)}
        />
      ))}
      {values.length === 0 ? <span className={classes.any}>not asked for</span> : null}
      {shown.length < offered.length ? (
        <Small onClick={() => setShowsAll(true)}>{`${offered.length - shown.length} more`}</Small>
      ) : null}
      {offered.length > FEW ? (
        <>
          <Small onClick={() => change(offered.map(({ value }) => value))}>All</Small>
          <Small onClick={() => change([])}>None</Small>
        </>
      ) : null}
      {children}
    </div>
  );
}

type ChoiceProps = { offered: OfferedValue; name: string; isTaken: boolean; toggle: () => void };

function Choice({ offered: { value, words, detections }, name, isTaken, toggle }: ChoiceProps) {
  const count = detections.toLocaleString("en-GB");
  return (
    <label className={classes.choice} title={value}>
      <input
        type="checkbox"
        checked={isTaken}
        onChange={toggle}
        aria-label={`${name}: ${words}, ${count} detections`}
      />
      <MachineText text={words} />
      <span className={classes.count}>{count}</span>
    </label>
  );
}

/** A button that takes no more room than a value. */
export function Small({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <Button variant="subtle" color="gray" size="compact-xs" className={classes.small} onClick={onClick}>
      {children}
    </Button>
  );
}
