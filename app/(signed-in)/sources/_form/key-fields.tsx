"use client";

import { PasswordInput, TextInput } from "@mantine/core";
import page from "../../../_ui/form-page.module.css";

type KeyFieldsProps = {
  value: { accessId: string; accessKey: string };
  problemOf: (path: string) => string | undefined;
  change: (part: Partial<KeyFieldsProps["value"]>) => void;
};

/** An access id with its key. No browser is to offer to remember them. */
export function KeyFields({ value, problemOf, change }: KeyFieldsProps) {
  return (
    <div className={page.pair}>
      <TextInput
        label="Access id"
        required
        autoComplete="off"
        spellCheck={false}
        value={value.accessId}
        error={problemOf("accessId")}
        onChange={({ currentTarget }) => change({ accessId: currentTarget.value })}
      />
      <PasswordInput
        label="Access key"
        required
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": "Show the access key while you type it" }}
        value={value.accessKey}
        error={problemOf("accessKey")}
        onChange={({ currentTarget }) => change({ accessKey: currentTarget.value })}
      />
    </div>
  );
}
