"use client";

import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { type JoinState, joinAction } from "../actions.ts";

const SENTENCES = {
  "link-unusable": "This link was used or has expired in the meantime. Ask an admin for another.",
  "email-taken": "Somebody with this e-mail is here already. Use another, or sign in.",
} as const satisfies Record<NonNullable<NonNullable<JoinState>["reason"]>, string>;

export function JoinForm({ token, role }: { token: string; role: string }) {
  const [state, action, pending] = useActionState(joinAction, null);
  return (
    <form action={action}>
      <Stack gap="md">
        <p className="secondary">
          This link lets one person in as {role}. Choose how you will sign in from now on.
        </p>
        {state?.reason ? (
          <Alert color="red" variant="light" role="alert">
            {SENTENCES[state.reason]}
          </Alert>
        ) : null}
        <input type="hidden" name="token" value={token} />
        <TextInput
          name="name"
          label="Name"
          autoComplete="name"
          required
          withAsterisk={false}
          defaultValue={state?.name ?? ""}
          error={state?.problems?.name?.[0]}
        />
        <TextInput
          name="email"
          type="email"
          label="E-mail"
          autoComplete="username"
          required
          withAsterisk={false}
          defaultValue={state?.email ?? ""}
          error={state?.problems?.email?.[0]}
        />
        <PasswordInput
          name="password"
          label="Password"
          description="At least 12 characters; a few words are easy to keep."
          autoComplete="new-password"
          required
          withAsterisk={false}
          error={state?.problems?.password?.[0]}
        />
        <Button type="submit" loading={pending}>
          Join and sign in
        </Button>
      </Stack>
    </form>
  );
}
