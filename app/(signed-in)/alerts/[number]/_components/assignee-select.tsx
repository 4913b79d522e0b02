"use client";

import { Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTransition } from "react";
import type { NamedLink } from "#lib/triage/alert.ts";
import type { SeenAlert } from "#lib/triage/move-input.ts";
import { assigneeOptions, fromOption, toOption } from "../../_components/assignee-options.ts";
import { failureSentence } from "../../_components/failure-sentence.ts";
import { moveAlertAction } from "../../actions.ts";
import classes from "./alert-header.module.css";

type AssigneeSelectProps = { seen: SeenAlert; assignee: NamedLink | null; assignees: NamedLink[] };

/** Whose the alert is. Choosing somebody gives it to them at once. */
export function AssigneeSelect({ seen, assignee, assignees }: AssigneeSelectProps) {
  const [pending, startTransition] = useTransition();
  const known = assignee && !assignees.some(({ id }) => id === assignee.id) ? [assignee] : [];
  const assign = (assigneeId: string | null) =>
    startTransition(async () => {
      const outcome = await moveAlertAction({ seen, change: { move: "assign", assigneeId, text: null } });
      if (!outcome.ok)
        notifications.show({ color: "red", message: failureSentence(outcome.reason, new Date()) });
    });
  return (
    <Select
      size="xs"
      className={classes.assignee}
      aria-label="Assignee"
      data={assigneeOptions([...known, ...assignees])}
      value={toOption(assignee?.id ?? null)}
      onChange={(value) => assign(fromOption(value))}
      disabled={pending}
      allowDeselect={false}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
