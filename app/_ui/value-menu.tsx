"use client";

import { Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { ArrowUpRight, Ban, Copy, Filter, ListPlus } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type Ref, type RefObject, useEffect, useRef } from "react";
import classes from "./value-menu.module.css";

/** A value that was picked to be acted on, and where on the screen it stands. */
export type PickedValue = {
  /** What the value is and what it says, such as `Actor: role/ci`. */
  label: string;
  copy: string;
  /** Where the list goes with the value; what is missing is not offered. */
  only?: Route | undefined;
  include?: Route | undefined;
  exclude?: Route | undefined;
  /** Pages about the value. */
  open?: readonly { words: string; href: Route }[];
  anchor: HTMLElement;
};

type ValueMenuProps = { picked: PickedValue | null; opened: boolean; close: () => void };

/** What can be done with a value; the same wherever it stands. */
export function ValueMenu({ picked, opened, close }: ValueMenuProps) {
  const router = useRouter();
  const clipboard = useClipboard();
  const dropdown = useRef<HTMLDivElement>(null);
  const { left = 0, bottom = 0 } = picked?.anchor.getBoundingClientRect() ?? {};
  const leave = () => {
    close();
    picked?.anchor.focus();
  };
  useEffect(() => (opened ? focusFirst(dropdown) : undefined), [opened]);
  const choices = [
    { words: "Only this", href: picked?.only, icon: Filter },
    { words: "Include", href: picked?.include, icon: ListPlus },
    { words: "Rule out", href: picked?.exclude, icon: Ban },
    ...(picked?.open ?? []).map((page) => ({ ...page, icon: ArrowUpRight })),
  ].filter(({ href }) => href !== undefined);
  return (
    <Menu
      opened={opened}
      onClose={leave}
      position="bottom-start"
      withinPortal
      shadow="md"
      trapFocus
      returnFocus={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Spot left={left} top={bottom} />
      </Menu.Target>
      <Menu.Dropdown ref={dropdown}>
        <Menu.Label className={classes.label}>
          <bdi>{picked?.label}</bdi>
        </Menu.Label>
        {choices.map(({ words, href, icon: Icon }, at) => (
          <Menu.Item
            key={words}
            data-autofocus={at === 0 ? true : undefined}
            leftSection={<Icon size={14} aria-hidden="true" />}
            onClick={() => href && router.push(href)}
          >
            {words}
          </Menu.Item>
        ))}
        <Menu.Item
          data-autofocus={choices.length === 0 ? true : undefined}
          leftSection={<Copy size={14} aria-hidden="true" />}
          onClick={() => clipboard.copy(picked?.copy ?? "")}
        >
          Copy
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Until it is there: the trap looks for its first item once, which on a busy machine is before that can be focused. */
function focusFirst(dropdown: RefObject<HTMLElement | null>): () => void {
  let frame = 0;
  const look = () => {
    if (dropdown.current?.contains(document.activeElement)) return;
    dropdown.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus({ preventScroll: true });
    frame = requestAnimationFrame(look);
  };
  look();
  return () => cancelAnimationFrame(frame);
}

type SpotProps = { left: number; top: number; ref?: Ref<HTMLSpanElement> };

/** Where the menu opens. What Mantine would tell a screen reader of a button is left out: the value is the button. */
function Spot({ left, top, ref }: SpotProps) {
  return <span ref={ref ?? null} style={{ position: "fixed", left, top }} />;
}
