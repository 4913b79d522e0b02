"use client";

import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { type SignInState, signInAction } from "../actions.ts";

const SENTENCES = {
  "wrong-credentials": "E-mail and password do not match anybody who may sign in.",
  "too-many-attempts":
    "Too many attempts with this e-mail. Wait a quarter of an hour, or ask an admin for a reset link.",
  "invalid-input": "Enter your e-mail address and your password.",
} as const satisfies Record<NonNullable<SignInState>["reason"], string>;

export function SignInForm({ destination }: { destination: string }) {
  const [state, action, pending] = useActionState(signInAction, null);
  return (
    <form action={action}>
      <Stack gap="md">
        {state ? (
          <Alert color="red" variant="light" role="alert">
            {SENTENCES[state.reason]}
          </Alert>
        ) : null}
        <input type="hidden" name="destination" value={destination} />
        <TextInput
          name="email"
          type="email"
          label="E-mail"
          autoComplete="username"
          required
          withAsterisk={false}
          defaultValue={state?.email ?? ""}
          data-autofocus
        />
        <PasswordInput
          name="password"
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={pending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
