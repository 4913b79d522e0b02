"use client";

import { NativeSelect, Select, TextInput } from "@mantine/core";
import { OUTCOMES, PLATFORMS } from "#lib/logs/normalize/event.ts";
import { isFixable, type MappedField } from "#lib/logs/normalize/mapped-field.ts";
import type { FieldSource } from "#lib/logs/normalize/table-mapping.ts";
import { OUTCOME_WORDS, PLATFORM_WORDS } from "../../../alerts/_components/words.ts";
import classes from "./mapping-form.module.css";
import { columnWords, FIELD_WORDS } from "./words.ts";

/** More are found by typing. */
const MOST_OPTIONS = 100;

type FieldSelectProps = {
  field: MappedField;
  columns: readonly string[];
  /** What stands in the column in the first row that has something there. */
  exampleOf: (column: string) => string;
  source: FieldSource | undefined;
  problem: string | undefined;
  required?: boolean;
  change: (source: FieldSource | null) => void;
};

/** Where a field of the event comes from: a column, a value that is the same for the whole table, or nowhere. */
export function FieldSelect(props: FieldSelectProps) {
  const { field, columns, exampleOf, source, problem, required = false, change } = props;
  const words: { label: string; hint?: string } = FIELD_WORDS[field];
  const told = source && "column" in source ? exampleOf(source.column) : words.hint;
  return (
    <div className={classes.field}>
      <Select
        label={words.label}
        required={required}
        size="xs"
        searchable
        clearable={!required}
        clearButtonProps={{ "aria-label": `${words.label}: not in this table` }}
        placeholder="not in this table"
        nothingFoundMessage="No such column"
        limit={MOST_OPTIONS}
        data={optionsOf(field, columns)}
        renderOption={({ option: { value, label } }) => (
          <OptionWords
            label={label}
            example={value.startsWith(FIXED) ? "" : exampleOf(columns[Number(value)] ?? "")}
          />
        )}
        value={optionOf(source, field, columns)}
        error={problem}
        onChange={(value) => change(sourceOf(value, columns))}
      />
      {source && "value" in source ? (
        <FixedValue field={field} value={source.value} change={(value) => change({ value })} />
      ) : (
        <p className={classes.example} title={told}>
          <bdi>{told}</bdi>
        </p>
      )}
    </div>
  );
}

/** A column by its name, and by what stands in it. */
function OptionWords({ label, example }: { label: string; example: string }) {
  return (
    <span className={classes.option}>
      <bdi>{label}</bdi>{" "}
      {example ? (
        <small title={example}>
          <bdi>{example}</bdi>
        </small>
      ) : null}
    </span>
  );
}

const FIXED = "fixed";
const CHOICES: Partial<Record<MappedField, readonly { value: string; label: string }[]>> = {
  platform: PLATFORMS.map((value) => ({ value, label: PLATFORM_WORDS[value] })),
  outcome: OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] })),
};

function optionsOf(field: MappedField, columns: readonly string[]) {
  const items = columns.map((name, at) => ({ value: String(at), label: columnWords(name) }));
  if (!isFixable(field)) return items;
  const choices = CHOICES[field]?.map(({ value, label }) => ({ value: `${FIXED}:${value}`, label }));
  const fixed = choices ?? [{ value: `${FIXED}:`, label: "Always the same…" }];
  return [
    { group: "In the whole table the same", items: fixed },
    { group: "A column", items },
  ];
}

function optionOf(
  source: FieldSource | undefined,
  field: MappedField,
  columns: readonly string[],
): string | null {
  if (!source) return null;
  if ("value" in source) return CHOICES[field] ? `${FIXED}:${source.value}` : `${FIXED}:`;
  const at = columns.indexOf(source.column);
  return at === -1 ? null : String(at);
}

function sourceOf(value: string | null, columns: readonly string[]): FieldSource | null {
  if (value === null) return null;
  if (value.startsWith(`${FIXED}:`)) return { value: value.slice(FIXED.length + 1) };
  const column = columns[Number(value)];
  return column === undefined ? null : { column };
}

function FixedValue({
  field,
  value,
  change,
}: {
  field: MappedField;
  value: string;
  change: (value: string) => void;
}) {
  if (CHOICES[field]) return <p className={classes.example}>in the whole table</p>;
  return (
    <TextInput
      size="xs"
      aria-label={`${FIELD_WORDS[field].label} of the whole table`}
      placeholder="in the whole table"
      maxLength={200}
      spellCheck={false}
      value={value}
      onChange={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}

type TimeFieldsProps = {
  zone: string;
  dayFirst: boolean;
  readerZone: string;
  problem: string | undefined;
  change: (part: { zone?: string; dayFirst?: boolean }) => void;
};

/** How times are read that do not say it themselves. */
export function TimeFields({ zone, dayFirst, readerZone, problem, change }: TimeFieldsProps) {
  return (
    <>
      <div className={classes.field}>
        <Select
          label="Times without a zone are of"
          size="xs"
          searchable
          allowDeselect={false}
          limit={MOST_OPTIONS}
          nothingFoundMessage="No such zone"
          data={zones(zone, readerZone)}
          value={zone}
          error={problem}
          onChange={(value) => change({ zone: value ?? "UTC" })}
        />
      </div>
      <div className={classes.field}>
        <NativeSelect
          label="Dates such as 03/04/2026 have"
          size="xs"
          data={[
            { value: "month", label: "the month first (4 March)" },
            { value: "day", label: "the day first (3 April)" },
          ]}
          value={dayFirst ? "day" : "month"}
          onChange={({ currentTarget }) => change({ dayFirst: currentTarget.value === "day" })}
        />
      </div>
    </>
  );
}

function zones(chosen: string, readerZone: string): string[] {
  return [...new Set(["UTC", readerZone, chosen, ...Intl.supportedValuesOf("timeZone")])];
}
