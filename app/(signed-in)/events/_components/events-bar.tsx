"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { Choice } from "#lib/choice.ts";
import { RANGES, type RangeName } from "#lib/choice.ts";
import { DETECTION_FILTERS, type EventFilter } from "#lib/events/event-filter.ts";
import { ADDRESS_CLASSES, OUTCOMES, PLATFORMS } from "#lib/logs/normalize/event.ts";
import { BetweenFields, readBetween } from "../../../_ui/between-fields.tsx";
import { CLASS_WORDS, OUTCOME_WORDS, PLATFORM_WORDS, RANGE_WORDS } from "../../alerts/_components/words.ts";
import { type EventsBase, type EventsChange, eventsHref } from "../search-params.ts";
import classes from "./events-bar.module.css";
import { DETECTION_WORDS } from "./words.ts";

const BETWEEN = "between";
const RANGE_OPTIONS = [
  { value: "", label: "All time" },
  ...(Object.keys(RANGES) as RangeName[]).map((value) => ({ value, label: RANGE_WORDS[value] })),
  { value: BETWEEN, label: "Between…" },
];

/** Kinds of few values, each chosen from a list. */
const SELECTS = [
  { key: "platform", label: "Platform", all: "All platforms", values: PLATFORMS, words: PLATFORM_WORDS },
  { key: "outcome", label: "Outcome", all: "Any outcome", values: OUTCOMES, words: OUTCOME_WORDS },
  { key: "class", label: "Address class", all: "Any address", values: ADDRESS_CLASSES, words: CLASS_WORDS },
] as const;

type EventsBarProps = { base: EventsBase; filter: EventFilter; zone: string };

/** The filters that are typed or chosen. The URL holds what is in force; this holds what is being written. */
export function EventsBar({ base, filter, zone }: EventsBarProps) {
  const router = useRouter();
  const go = (change: EventsChange) => router.push(eventsHref(base, filter, change));
  const [range, setRange] = useState<string>(filter.range ?? (filter.from || filter.to ? BETWEEN : ""));
  const chooseRange = (chosen: string) => {
    setRange(chosen);
    if (chosen !== BETWEEN) go({ range: chosen || null, from: null, to: null });
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim() || null;
    const between = range === BETWEEN && { range: null, ...readBetween(form, zone) };
    go({ q: text("q"), ...between });
  };
  return (
    <search>
      <form className={classes.bar} onSubmit={submit}>
        <TextInput
          name="q"
          size="xs"
          className={classes.text}
          aria-label="Search in operations, principals, sessions, user agents, addresses, accounts and error codes"
          placeholder="Search operations, principals, sessions, agents, addresses, accounts, errors"
          leftSection={<Search size={14} aria-hidden="true" />}
          defaultValue={filter.q ?? ""}
        />
        {SELECTS.map(({ key, label, all, values, words }) => (
          <NativeSelect
            key={key}
            size="xs"
            aria-label={label}
            value={chosenOf(filter[key])}
            data={[
              { value: "", label: isToldByChips(filter[key]) ? "As chosen below" : all },
              ...values.map((value) => ({ value, label: (words as Record<string, string>)[value] ?? value })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              go({
                choice: value
                  ? { key, value, set: "only" }
                  : { key, value: chosenOf(filter[key]), set: "remove" },
              })
            }
          />
        ))}
        <NativeSelect
          size="xs"
          aria-label="Detections"
          value={filter.detections ?? ""}
          data={[
            { value: "", label: "All events" },
            ...DETECTION_FILTERS.map((value) => ({ value, label: DETECTION_WORDS[value] })),
          ]}
          onChange={({ currentTarget: { value } }) => go({ detections: value || null })}
        />
        <NativeSelect
          size="xs"
          aria-label="Time range"
          value={range}
          data={RANGE_OPTIONS}
          onChange={({ currentTarget: { value } }) => chooseRange(value)}
        />
        {range === BETWEEN ? <BetweenFields bounds={filter} zone={zone} /> : null}
        <Button type="submit" size="xs" variant="default">
          Apply
        </Button>
      </form>
    </search>
  );
}

/** Several values, or some that are ruled out, are more than a list can show. */
function isToldByChips(choices: readonly Choice[]): boolean {
  return choices.length > 0 && chosenOf(choices) === "";
}

/** The value to show as chosen, where it is one. */
function chosenOf(choices: readonly Choice[]): string {
  const [choice, ...others] = choices;
  return choice && !choice.not && others.length === 0 ? choice.value : "";
}
