"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState, useTransition } from "react";
import type { Role } from "#lib/access/person.ts";
import { inviteAction } from "../actions.ts";
import { FAILURE_SENTENCES } from "./failures.ts";
import { LinkDialog } from "./link-dialog.tsx";
import { ROLE_HINTS, ROLE_ORDER } from "./roles.ts";

/** Makes a one-time link with a role for a new colleague. */
export function InviteButton() {
  const [link, setLink] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const invite = (role: Role) =>
    startTransition(async () => {
      const outcome = await inviteAction({ role });
      if (outcome.ok) setLink(outcome.value);
      else notifications.show({ color: "red", message: FAILURE_SENTENCES[outcome.reason] });
    });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="xs" loading={pending}>
            Invite a colleague
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>As which role?</Menu.Label>
          {ROLE_ORDER.map((role) => (
            <Menu.Item key={role} onClick={() => invite(role)}>
              {role}
              <span className="secondary"> · {ROLE_HINTS[role]}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <LinkDialog
        link={link}
        title="Invitation"
        hint="Give this link to your colleague. It lets one person in, once, within three days, and is shown only now."
        close={() => setLink(null)}
      />
    </>
  );
}
