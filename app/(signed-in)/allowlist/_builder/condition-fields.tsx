"use client";

import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { Field, Op } from "#lib/allowlist/condition.ts";
import classes from "./condition-fields.module.css";
import { FIELD_LABELS, FIELD_NAMES, HINTS, OP_LABELS, opName } from "./condition-words.ts";
import { type ConditionRow, newRow, opsOf } from "./draft.ts";
import { OfferedValues, Small } from "./offered-values.tsx";
import { ValueTokens } from "./value-tokens.tsx";

type ConditionFieldsProps = {
  rows: readonly ConditionRow[];
  /** What is wrong with a row, by its key. */
  problems: ReadonlyMap<string, string>;
  change: (rows: ConditionRow[]) => void;
};

/** The conditions that must all hold, one a row. */
export function ConditionFields({ rows, problems, change }: ConditionFieldsProps) {
  const replace = (key: string, row: ConditionRow) =>
    change(rows.map((one) => (one.key === key ? row : one)));
  return (
    <div className={classes.rows}>
      {rows.map((row, index) => (
        <Row
          key={row.key}
          row={row}
          place={index + 1}
          problem={problems.get(row.key)}
          change={(changed) => replace(row.key, changed)}
          remove={() => change(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Plus size={14} aria-hidden="true" />}
          onClick={() => change([...rows, newRow(`added ${Date.now()}`, nextField(rows))])}
        >
          Add a condition
        </Button>
      </div>
    </div>
  );
}

/** The first field that no condition asks about yet. */
function nextField(rows: readonly ConditionRow[]): Field {
  return FIELD_NAMES.find((field) => rows.every((row) => row.field !== field)) ?? "actor";
}

type RowProps = {
  row: ConditionRow;
  place: number;
  problem: string | undefined;
  change: (row: ConditionRow) => void;
  remove: () => void;
};

function Row({ row, place, problem, change, remove }: RowProps) {
  const name = `Condition ${place}`;
  const isAsking = row.values.length > 0 || row.offered.length === 0;
  return (
    <fieldset className={classes.row} data-asking={isAsking}>
      <legend className="visually-hidden">
        {name}: {FIELD_LABELS[row.field]}
      </legend>
      <NativeSelect
        size="xs"
        aria-label={`${name}: field`}
        data={FIELD_NAMES.map((field) => ({ value: field, label: FIELD_LABELS[field] }))}
        value={row.field}
        onChange={({ currentTarget }) => change(newRow(row.key, currentTarget.value as Field))}
      />
      <NativeSelect
        size="xs"
        aria-label={`${name}: comparison`}
        data={opsOf(row.field).flatMap((op) =>
          [false, true].map((not) => ({ value: opName({ op, not }), label: OP_LABELS[opName({ op, not })] })),
        )}
        value={opName(row)}
        onChange={({ currentTarget }) => change({ ...row, ...opOf(currentTarget.value) })}
      />
      <div className={classes.values}>
        <Values row={row} name={name} problem={problem} change={change} />
      </div>
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove condition ${place}`} onClick={remove}>
        <X size={14} />
      </ActionIcon>
    </fieldset>
  );
}

function opOf(name: string): { op: Op; not: boolean } {
  return { op: name.replace("not ", "") as Op, not: name.startsWith("not ") };
}

function Values({ row, name, problem, change }: Omit<RowProps, "place" | "remove"> & { name: string }) {
  const [isTyping, setTyping] = useState(false);
  const offered = new Set(row.offered.map(({ value }) => value));
  const typed = row.values.filter((value) => !offered.has(value));
  const taken = row.values.filter((value) => offered.has(value));
  const showsField = typed.length > 0 || isTyping;
  const field = (
    <ValueTokens
      label={`${name}: values`}
      hint={HINTS[row.op]}
      values={typed}
      problem={problem}
      change={(values) => change({ ...row, values: [...taken, ...values] })}
    />
  );
  if (offered.size === 0) return field;
  return (
    <>
      <OfferedValues
        row={row}
        name={name}
        change={(values) => change({ ...row, values: [...values, ...typed] })}
      >
        {showsField ? null : <Small onClick={() => setTyping(true)}>Another value</Small>}
      </OfferedValues>
      {showsField ? field : problem ? <p className={classes.problem}>{problem}</p> : null}
    </>
  );
}
