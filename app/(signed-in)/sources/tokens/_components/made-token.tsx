"use client";

import { Button, CopyButton, Group, TextInput } from "@mantine/core";
import page from "../../../../_ui/form-page.module.css";
import { LinkButton } from "../../../allowlist/_components/link-button.tsx";
import classes from "./tokens.module.css";

/** A token that has just been made: the only time that it is seen. */
export function MadeToken({ token, name }: { token: string; name: string }) {
  return (
    <div className={page.form}>
      <section className={page.section} aria-label="The token">
        <h2>{name}</h2>
        <p role="status">
          The token is made, and stands in the settings beside. It is shown only now: copy it before you
          leave.
        </p>
        <Group gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            label="Token"
            value={token}
            readOnly
            className={classes.token}
            onFocus={(event) => event.currentTarget.select()}
            autoFocus
          />
          <CopyButton value={token}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy"}</Button>}
          </CopyButton>
        </Group>
        <div>
          <LinkButton href="/sources/tokens" size="xs">
            To all tokens
          </LinkButton>
        </div>
      </section>
    </div>
  );
}
