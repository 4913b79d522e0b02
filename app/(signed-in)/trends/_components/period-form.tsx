"use client";

import { Autocomplete, Button, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { dayText } from "#lib/trends/calendar.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import { trendsHref } from "../search-params.ts";
import classes from "./period-form.module.css";

/** The dates, the zone and the text, which are typed. The URL holds what is in force; this what is being written. */
export function PeriodForm({
  filter,
  firstDay,
  lastDay,
}: {
  filter: TrendsFilter;
  firstDay: number;
  lastDay: number;
}) {
  const router = useRouter();
  const [zones, setZones] = useState<string[]>([]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const [from, to] = [text("from"), text("to")];
    const isMoved = from !== dayText(firstDay) || to !== dayText(lastDay);
    router.push(
      trendsHref(filter, {
        ...(isMoved && { from: from || undefined, to: to || undefined }),
        zone: text("zone") || undefined,
        alerts: { q: text("q") || null },
      }),
    );
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput name="from" type="date" size="xs" aria-label="From" defaultValue={dayText(firstDay)} />
      <TextInput
        name="to"
        type="date"
        size="xs"
        aria-label="To, this day included"
        defaultValue={dayText(lastDay)}
      />
      <Autocomplete
        name="zone"
        size="xs"
        aria-label="Time zone"
        className={classes.zone}
        defaultValue={filter.zone}
        data={zones}
        limit={12}
        maxLength={100}
        onFocus={() => setZones(Intl.supportedValuesOf("timeZone"))}
      />
      <TextInput
        name="q"
        size="xs"
        className={classes.text}
        aria-label="Search in actors, images, operations, accounts and addresses"
        placeholder="Search"
        defaultValue={filter.alerts.q ?? ""}
      />
      <Button type="submit" size="xs" variant="default">
        Apply
      </Button>
    </form>
  );
}
