import type { KeyboardEvent } from "react";

type RowKeys = {
  /** Selects or deselects the row with the id. */
  toggle: (id: string) => void;
  /** Goes to what can be done with the selected rows. */
  act: () => void;
};

/**
 * `j` and `k` go to the next and previous row, `x` selects the row that has the focus, `a` goes to the bar. They work only
 * while the focus is in the table, which holds no field to type in.
 */
export function onRowKey({ toggle, act }: RowKeys): (event: KeyboardEvent<HTMLTableElement>) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLTableRowElement>("tr[data-row]");
    const actions: Record<string, () => void> = {
      j: () => focusRow(row ? row.nextElementSibling : event.currentTarget.querySelector("tr[data-row]")),
      k: () => focusRow(row?.previousElementSibling ?? null),
      x: () => row?.dataset.row && toggle(row.dataset.row),
      a: act,
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
}

function focusRow(row: Element | null): void {
  row?.querySelector<HTMLElement>("a[href]")?.focus();
}
