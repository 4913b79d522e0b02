"use client";

import type { Route } from "next";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { type EventChoiceKey, type EventFilter, LONGEST_VALUE } from "#lib/events/event-filter.ts";
import { type PickedValue, ValueMenu } from "../../../_ui/value-menu.tsx";
import { type EventsBase, eventsHref } from "../search-params.ts";
import { EVENT_KEY_WORDS } from "./words.ts";

/** A value of an event that was picked to be acted on. `words` is how it is written. */
export type PickedEventValue = { key: EventChoiceKey; value: string; words: string; anchor: HTMLElement };

const PickContext = createContext<((picked: PickedEventValue) => void) | null>(null);

export function usePick(): (picked: PickedEventValue) => void {
  const pick = use(PickContext);
  if (!pick) throw new Error("A value of an event needs the menu around it.");
  return pick;
}

type EventPivotsProps = { base: EventsBase; filter: EventFilter; children: ReactNode };

/** Gives the values within it their menu: what it chooses changes the filter of the page of events. */
export function EventPivots({ base, filter, children }: EventPivotsProps) {
  const [picked, setPicked] = useState<PickedValue | null>(null);
  const [isOpen, setOpen] = useState(false);
  const pick = useMemo(
    () => (value: PickedEventValue) => {
      setPicked(menuOf(value, base, filter));
      setOpen(true);
    },
    [base, filter],
  );
  return (
    <PickContext value={pick}>
      {children}
      <ValueMenu picked={picked} opened={isOpen} close={() => setOpen(false)} />
    </PickContext>
  );
}

function menuOf(
  { key, value, words, anchor }: PickedEventValue,
  base: EventsBase,
  filter: EventFilter,
): PickedValue {
  const isChangeable = key !== base.fixed && value.length <= LONGEST_VALUE;
  const go = (set: "only" | "include" | "exclude") =>
    isChangeable ? eventsHref(base, filter, { choice: { key, value, set } }) : undefined;
  return {
    label: `${EVENT_KEY_WORDS[key]}: ${words}`,
    copy: words,
    only: go("only"),
    include: go("include"),
    exclude: go("exclude"),
    open: pagesAbout(key, value),
    anchor,
  };
}

/** Where else the value is told of. */
function pagesAbout(key: EventChoiceKey, value: string): { words: string; href: Route }[] {
  const alerts = (word: string) => ({
    words: "Its alerts",
    href: `/alerts?${new URLSearchParams({ queue: "all", [word]: value })}` as Route,
  });
  if (key === "actor") return [{ words: "Open the actor", href: `/actors/${value}` as Route }, alerts(key)];
  return key === "image" ? [alerts(key)] : [];
}
