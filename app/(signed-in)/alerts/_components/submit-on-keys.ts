import type { KeyboardEvent } from "react";

/** Ctrl+Enter, or Command+Enter, submits a form from wherever the focus is in it. */
export function submitOnKeys(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}
