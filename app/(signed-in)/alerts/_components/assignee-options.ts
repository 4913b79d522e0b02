import type { NamedLink } from "#lib/triage/alert.ts";

const NOBODY = "nobody";

/** Whom an alert can be given to, as they are listed; nobody first. */
export function assigneeOptions(assignees: readonly NamedLink[]): { value: string; label: string }[] {
  return [
    { value: NOBODY, label: "Nobody" },
    ...assignees.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

export function toOption(assigneeId: string | null): string {
  return assigneeId ?? NOBODY;
}

export function fromOption(value: string): string | null {
  return value === NOBODY ? null : value;
}
