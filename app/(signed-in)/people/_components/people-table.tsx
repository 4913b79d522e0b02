"use client";

import { ActionIcon, Menu, Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Ellipsis } from "lucide-react";
import { useState, useTransition } from "react";
import type { Role } from "#lib/access/person.ts";
import type { PersonRow } from "#lib/access/queries.ts";
import type { Outcome } from "#lib/outcome.ts";
import lines from "../../../_ui/table.module.css";
import { formatAgo, formatUtc, Time } from "../../../_ui/time.tsx";
import {
  changeRoleAction,
  disableAction,
  enableAction,
  type PeopleFailure,
  resetLinkAction,
} from "../actions.ts";
import { FAILURE_SENTENCES } from "./failures.ts";
import { LinkDialog } from "./link-dialog.tsx";
import classes from "./people-table.module.css";
import { ROLE_ORDER } from "./roles.ts";

type PeopleTableProps = { people: PersonRow[]; selfId: string; zone: string; now: Date };

export function PeopleTable({ people, selfId, zone, now }: PeopleTableProps) {
  const [link, setLink] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const run = <Value,>(
    act: () => Promise<Outcome<Value, PeopleFailure>>,
    then: (value: Value) => void = () => {},
  ) =>
    startTransition(async () => {
      const outcome = await act();
      if (outcome.ok) then(outcome.value);
      else notifications.show({ color: "red", message: FAILURE_SENTENCES[outcome.reason] });
    });
  return (
    <>
      <div className={lines.scroll}>
        <table className={`${lines.table} ${classes.table}`} aria-busy={pending}>
          <caption className="visually-hidden">People, times in {zone}</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">E-mail</th>
              <th scope="col">Role</th>
              <th scope="col">Last seen</th>
              <th scope="col">Joined · {zone}</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.id} data-disabled={person.disabledAt !== null}>
                <td>
                  {person.name}
                  {person.id === selfId ? <span className="secondary"> · you</span> : null}
                  {person.disabledAt ? <span className="secondary"> · shut out</span> : null}
                </td>
                <td>{person.email}</td>
                <td>
                  <Select
                    size="xs"
                    className={classes.role}
                    aria-label={`Role of ${person.name}`}
                    data={[...ROLE_ORDER]}
                    value={person.role}
                    allowDeselect={false}
                    disabled={person.disabledAt !== null}
                    onChange={(to) =>
                      run(() => changeRoleAction({ personId: person.id, from: person.role, to: to as Role }))
                    }
                  />
                </td>
                <td title={person.lastSeenAt ? formatUtc(person.lastSeenAt) : undefined}>
                  {person.lastSeenAt ? (
                    formatAgo(person.lastSeenAt, now)
                  ) : (
                    <span className="secondary">–</span>
                  )}
                </td>
                <td>
                  <Time time={person.createdAt} zone={zone} now={now} />
                </td>
                <td className={classes.actions}>
                  <Menu position="bottom-end" withinPortal>
                    <Menu.Target>
                      <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${person.name}`}>
                        <Ellipsis size={16} />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      {person.disabledAt ? (
                        <Menu.Item onClick={() => run(() => enableAction({ personId: person.id }))}>
                          Let in again
                        </Menu.Item>
                      ) : (
                        <>
                          <Menu.Item
                            onClick={() => run(() => resetLinkAction({ personId: person.id }), setLink)}
                          >
                            Make a link for a new password
                          </Menu.Item>
                          <Menu.Item
                            color="red"
                            onClick={() => run(() => disableAction({ personId: person.id }))}
                          >
                            Shut out
                          </Menu.Item>
                        </>
                      )}
                    </Menu.Dropdown>
                  </Menu>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <LinkDialog
        link={link}
        title="A new password"
        hint="Give this link to the person. With it they choose a new password, once, within a day; it is shown only now."
        close={() => setLink(null)}
      />
    </>
  );
}
