"use client";

import { Alert, Button, PasswordInput, Stack } from "@mantine/core";
import { useActionState } from "react";
import { resetAction } from "../actions.ts";

export function ResetForm({ token, email }: { token: string; email: string }) {
  const [state, action, pending] = useActionState(resetAction, null);
  return (
    <form action={action}>
      <Stack gap="md">
        <p className="secondary">{email} will sign in with it, and is signed out everywhere else.</p>
        {state?.reason ? (
          <Alert color="red" variant="light" role="alert">
            This link was used or has expired in the meantime. Ask an admin for another.
          </Alert>
        ) : null}
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <PasswordInput
          name="password"
          label="New password"
          description="At least 12 characters; a few words are easy to keep."
          autoComplete="new-password"
          required
          withAsterisk={false}
          error={state?.problems?.password?.[0]}
        />
        <Button type="submit" loading={pending}>
          Set password and sign in
        </Button>
      </Stack>
    </form>
  );
}
