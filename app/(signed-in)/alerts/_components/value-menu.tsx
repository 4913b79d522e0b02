"use client";

import { Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Ban, Copy, Filter, ListPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { alertsHref } from "../search-params.ts";
import { type Picked, useQueue } from "./queue-context.ts";
import { FILTER_WORDS } from "./words.ts";

/** What can be done with a value of the table; the same wherever it stands. */
export function ValueMenu({ picked, close }: { picked: Picked | null; close: () => void }) {
  const { filter } = useQueue();
  const router = useRouter();
  const clipboard = useClipboard();
  if (!picked) return null;
  const { key, value, words, anchor } = picked;
  const { left, bottom } = anchor.getBoundingClientRect();
  const go = (set: "only" | "include" | "exclude") =>
    router.push(alertsHref(filter, { choice: { key, value, set } }));
  const leave = () => {
    close();
    anchor.focus();
  };
  return (
    <Menu
      opened
      onClose={leave}
      position="bottom-start"
      withinPortal
      shadow="md"
      trapFocus
      returnFocus={false}
    >
      <Menu.Target>
        <span style={{ position: "fixed", left, top: bottom }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {FILTER_WORDS[key]}: {words}
        </Menu.Label>
        <Menu.Item leftSection={<Filter size={14} aria-hidden="true" />} onClick={() => go("only")}>
          Only this
        </Menu.Item>
        <Menu.Item leftSection={<ListPlus size={14} aria-hidden="true" />} onClick={() => go("include")}>
          Include
        </Menu.Item>
        <Menu.Item leftSection={<Ban size={14} aria-hidden="true" />} onClick={() => go("exclude")}>
          Rule out
        </Menu.Item>
        <Menu.Item leftSection={<Copy size={14} aria-hidden="true" />} onClick={() => clipboard.copy(words)}>
          Copy
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
