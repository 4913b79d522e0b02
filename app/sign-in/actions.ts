"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { type SignInFailureReason, signIn } from "#lib/access/commands/sign-in.ts";
import { emailSchema } from "#lib/access/person.ts";
import { readDestination } from "./destination.ts";

const input = z.object({
  email: emailSchema,
  password: z.string().min(1).max(256),
  destination: z.string().optional(),
});

export type SignInState = { reason: SignInFailureReason | "invalid-input"; email: string } | null;

export async function signInAction(_before: SignInState, form: FormData): Promise<SignInState> {
  const parsed = input.safeParse(Object.fromEntries(form));
  if (!parsed.success)
    return { reason: "invalid-input", email: String(form.get("email") ?? "").slice(0, 254) };
  const outcome = await signIn(parsed.data, await headers(), new Date());
  if (!outcome.ok) return { reason: outcome.reason, email: parsed.data.email };
  redirect(readDestination(parsed.data.destination));
}
