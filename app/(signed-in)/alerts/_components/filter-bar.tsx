"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { RANGES, type RangeName } from "#lib/choice.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { BetweenFields, readBetween } from "../../../_ui/between-fields.tsx";
import { alertsHref, type Change } from "../search-params.ts";
import { FacetToggle } from "./facet-toggle.tsx";
import classes from "./filter-bar.module.css";
import { RANGE_WORDS } from "./words.ts";

const ALL = "all";
const CUSTOM = "custom";
const RANGE_OPTIONS = [
  { value: ALL, label: "All time" },
  ...(Object.keys(RANGES) as RangeName[]).map((value) => ({ value, label: RANGE_WORDS[value] })),
  { value: CUSTOM, label: "Between…" },
];

/** The filters that are typed. The URL holds what is in force; this holds what is being written. */
export function FilterBar({ filter, zone }: { filter: AlertFilter; zone: string }) {
  const router = useRouter();
  const go = (change: Change) => router.push(alertsHref(filter, change));
  const [range, setRange] = useState(filter.range ?? (filter.from || filter.to ? CUSTOM : ALL));

  const choose = (chosen: string) => {
    setRange(chosen as typeof range);
    if (chosen !== CUSTOM) go({ range: chosen === ALL ? null : chosen, from: null, to: null });
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim() || null;
    go({
      q: text("q"),
      count: text("count"),
      ...(range === CUSTOM && { range: null, ...readBetween(form, zone) }),
    });
  };

  return (
    <search>
      <form className={classes.bar} onSubmit={submit}>
        <FacetToggle className={classes.toggle} />
        <TextInput
          name="q"
          size="xs"
          className={classes.text}
          aria-label="Search in actors, images, operations, accounts and addresses"
          placeholder="Search actors, images, operations, accounts, addresses"
          leftSection={<Search size={14} aria-hidden="true" />}
          defaultValue={filter.q ?? ""}
        />
        <TextInput
          name="count"
          type="number"
          size="xs"
          className={classes.count}
          aria-label="At least so many detections"
          placeholder="Count ≥"
          min={1}
          max={1_000_000_000}
          step={1}
          defaultValue={filter.count ?? ""}
        />
        <NativeSelect
          size="xs"
          className={classes.range}
          aria-label="Time range"
          data={RANGE_OPTIONS}
          value={range}
          onChange={({ currentTarget: { value } }) => choose(value)}
        />
        {range === CUSTOM ? <BetweenFields bounds={filter} zone={zone} /> : null}
        <Button type="submit" size="xs" variant="default">
          Apply
        </Button>
      </form>
    </search>
  );
}
