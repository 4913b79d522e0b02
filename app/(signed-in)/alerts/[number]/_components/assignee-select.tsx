"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { ChevronsUpDown } from "lucide-react";
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
  // A button that is disabled meanwhile would lose the focus that the menu gives back to it.
  const assign = (assigneeId: string | null) => {
    if (pending) return;
    startTransition(async () => {
      const outcome = await moveAlertAction({ seen, change: { move: "assign", assigneeId, text: null } });
      if (!outcome.ok)
        notifications.show({ color: "red", message: failureSentence(outcome.reason, new Date()) });
    });
  };
  const options = assigneeOptions([...known, ...assignees]);
  const chosen = toOption(assignee?.id ?? null);
  const name = assignee?.name ?? "Nobody";
  return (
    <Menu
      menuItemTabIndex={0}
      position="bottom-start"
      withinPortal
      shadow="md"
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          className={classes.assignee}
          justify="space-between"
          fw={400}
          rightSection={<ChevronsUpDown size={12} aria-hidden="true" />}
          aria-label={`Assignee: ${name}`}
          title={name}
          aria-busy={pending}
        >
          <bdi>{name}</bdi>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.assignees}>
        <Menu.RadioGroup value={chosen} onChange={(value) => assign(fromOption(value))}>
          {options.map(({ value, label }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              closeMenuOnClick
              data-autofocus={value === chosen ? true : undefined}
            >
              <bdi>{label}</bdi>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
