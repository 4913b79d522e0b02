"use client";

import { Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Ban, Copy, Filter, ListPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import type { Ref } from "react";
import { alertsHref } from "../search-params.ts";
import { type Picked, useQueue } from "./queue-context.ts";
import { FILTER_WORDS } from "./words.ts";

type ValueMenuProps = { picked: Picked | null; opened: boolean; close: () => void };

/** What can be done with a value of the table; the same wherever it stands. */
export function ValueMenu({ picked, opened, close }: ValueMenuProps) {
  const { filter } = useQueue();
  const router = useRouter();
  const clipboard = useClipboard();
  const { left = 0, bottom = 0 } = picked?.anchor.getBoundingClientRect() ?? {};
  const go = (set: "only" | "include" | "exclude") => {
    if (picked) router.push(alertsHref(filter, { choice: { key: picked.key, value: picked.value, set } }));
  };
  const leave = () => {
    close();
    picked?.anchor.focus();
  };
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
      <Menu.Dropdown>
        <Menu.Label>{picked ? `${FILTER_WORDS[picked.key]}: ${picked.words}` : ""}</Menu.Label>
        <Menu.Item
          data-autofocus
          leftSection={<Filter size={14} aria-hidden="true" />}
          onClick={() => go("only")}
        >
          Only this
        </Menu.Item>
        <Menu.Item leftSection={<ListPlus size={14} aria-hidden="true" />} onClick={() => go("include")}>
          Include
        </Menu.Item>
        <Menu.Item leftSection={<Ban size={14} aria-hidden="true" />} onClick={() => go("exclude")}>
          Rule out
        </Menu.Item>
        <Menu.Item
          leftSection={<Copy size={14} aria-hidden="true" />}
          onClick={() => clipboard.copy(picked?.words ?? "")}
        >
          Copy
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type SpotProps = { left: number; top: number; ref?: Ref<HTMLSpanElement> };

/** Where the menu opens. What Mantine would tell a screen reader of a button is left out: the value is the button. */
function Spot({ left, top, ref }: SpotProps) {
  return <span ref={ref ?? null} style={{ position: "fixed", left, top }} />;
}
