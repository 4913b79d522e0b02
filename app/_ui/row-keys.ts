import type { KeyboardEvent } from "react";

/** What a key does, given the row that has the focus, if any has. */
export type RowActions = Readonly<Record<string, (row: HTMLTableRowElement | null) => void>>;

/**
 * `j` and `k` go to the next and previous row; `actions` are what else a table's keys do. They work only while the focus is
 * in the table, which holds no field to type in.
 */
export function onRowKey(actions: RowActions): (event: KeyboardEvent<HTMLTableElement>) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLTableRowElement>("tr[data-row]");
    const first = event.currentTarget.querySelector("tr[data-row]");
    const all: RowActions = {
      j: () => focusRow(row ? row.nextElementSibling : first),
      k: () => focusRow(row?.previousElementSibling ?? null),
      ...actions,
    };
    const action = all[event.key];
    if (!action) return;
    event.preventDefault();
    action(row);
  };
}

/** Moves by arrows as well, for a table in which they have nothing else to do. */
export const ARROW_KEYS: RowActions = {
  ArrowDown: (row) => focusRow(row?.nextElementSibling ?? null),
  ArrowUp: (row) => focusRow(row?.previousElementSibling ?? null),
};

function focusRow(row: Element | null): void {
  row?.querySelector<HTMLElement>("a[href]")?.focus();
}
