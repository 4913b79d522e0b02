"use client";

import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ACTOR_KINDS } from "#lib/actors/actor.ts";
import { type ActorFilter, SEEN_RANGES, type SeenRange } from "#lib/actors/actor-filter.ts";
import { PLATFORMS } from "#lib/logs/normalize/event.ts";
import { BetweenFields, readBetween } from "../../../_ui/between-fields.tsx";
import { PLATFORM_WORDS } from "../../alerts/_components/words.ts";
import { type ActorsChange, actorsHref } from "../search-params.ts";
import classes from "./actors-bar.module.css";
import { KIND_WORDS, SEEN_WORDS } from "./words.ts";

const BETWEEN = "between";
const SEEN_OPTIONS = [
  { value: "", label: "Seen at any time" },
  ...(Object.keys(SEEN_RANGES) as SeenRange[]).map((value) => ({ value, label: SEEN_WORDS[value] })),
  { value: BETWEEN, label: "Last seen between…" },
];

/** The filters of the list. The URL holds what is in force; this holds what is being written. */
export function ActorsBar({ filter, zone }: { filter: ActorFilter; zone: string }) {
  const router = useRouter();
  const go = (change: ActorsChange) => router.push(actorsHref(filter, change));
  const [seen, setSeen] = useState<string>(filter.seen ?? (filter.from || filter.to ? BETWEEN : ""));
  const chooseSeen = (chosen: string) => {
    setSeen(chosen);
    if (chosen !== BETWEEN) go({ seen: chosen || null, from: null, to: null });
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim() || null;
    const between = seen === BETWEEN && { seen: null, ...readBetween(form, zone) };
    go({ q: text("q"), account: text("account"), ...between });
  };
  return (
    <search>
      <form className={classes.bar} onSubmit={submit}>
        <TextInput
          name="q"
          size="xs"
          className={classes.text}
          aria-label="Search in names and keys of actors"
          placeholder="Search names, keys"
          leftSection={<Search size={14} aria-hidden="true" />}
          defaultValue={filter.q ?? ""}
        />
        <TextInput
          name="account"
          size="xs"
          className={classes.account}
          aria-label="Acted in account"
          placeholder="Account"
          defaultValue={filter.account ?? ""}
        />
        <NativeSelect
          size="xs"
          aria-label="Platform"
          value={filter.platform ?? ""}
          data={[
            { value: "", label: "All platforms" },
            ...PLATFORMS.map((value) => ({ value, label: PLATFORM_WORDS[value] })),
          ]}
          onChange={({ currentTarget }) => go({ platform: currentTarget.value || null })}
        />
        <NativeSelect
          size="xs"
          aria-label="Kind"
          value={filter.kind ?? ""}
          data={[
            { value: "", label: "All kinds" },
            ...ACTOR_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
          ]}
          onChange={({ currentTarget }) => go({ kind: currentTarget.value || null })}
        />
        <NativeSelect
          size="xs"
          aria-label="Last seen"
          value={seen}
          data={SEEN_OPTIONS}
          onChange={({ currentTarget }) => chooseSeen(currentTarget.value)}
        />
        {seen === BETWEEN ? <BetweenFields bounds={filter} zone={zone} what="Last seen" /> : null}
        <Checkbox
          size="xs"
          label="Has open alerts"
          checked={filter.open}
          onChange={({ currentTarget }) => go({ open: currentTarget.checked ? "1" : null })}
        />
        <Button type="submit" size="xs" variant="default">
          Apply
        </Button>
      </form>
    </search>
  );
}
