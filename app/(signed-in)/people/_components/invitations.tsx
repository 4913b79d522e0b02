"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTransition } from "react";
import type { Invitation } from "#lib/access/queries.ts";
import lines from "../../../_ui/table.module.css";
import { Time } from "../../../_ui/time.tsx";
import { revokeAction } from "../actions.ts";
import { FAILURE_SENTENCES } from "./failures.ts";
import classes from "./people-table.module.css";

/** Invitations that nobody has used yet. */
export function Invitations({
  invitations,
  zone,
  now,
}: {
  invitations: Invitation[];
  zone: string;
  now: Date;
}) {
  const [pending, startTransition] = useTransition();
  if (invitations.length === 0) return null;
  const revoke = (linkId: string) =>
    startTransition(async () => {
      const outcome = await revokeAction({ linkId });
      if (!outcome.ok) notifications.show({ color: "red", message: FAILURE_SENTENCES[outcome.reason] });
    });
  return (
    <section className={classes.invitations} aria-label="Open invitations">
      <h2>Open invitations</h2>
      <table className={`${lines.table} ${classes.table}`} aria-busy={pending}>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Made</th>
            <th scope="col">Expires</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {invitations.map(({ id, role, createdAt, expiresAt }) => (
            <tr key={id}>
              <td>{role}</td>
              <td>
                <Time time={createdAt} zone={zone} now={now} />
              </td>
              <td>
                <Time time={expiresAt} zone={zone} now={now} />
              </td>
              <td className={classes.actions}>
                <Button size="compact-xs" variant="default" onClick={() => revoke(id)}>
                  Revoke
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
