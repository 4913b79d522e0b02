"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { type JoinFailure, join, resetPassword } from "#lib/access/commands/links.ts";
import { signIn } from "#lib/access/commands/sign-in.ts";
import { emailSchema, newPasswordSchema, personNameSchema } from "#lib/access/person.ts";

const token = z.string().max(100);
const joinInput = z.object({
  token,
  name: personNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
});
const resetInput = z.object({ token, password: newPasswordSchema });

type Problems = Partial<Record<"name" | "email" | "password", string[]>>;
/** What was typed comes back, but never a password. */
export type JoinState = { reason?: JoinFailure; problems?: Problems; name: string; email: string } | null;
export type ResetState = { reason?: "link-unusable"; problems?: Problems } | null;

/** The token in the form is what lets somebody in. */
export async function joinAction(_before: JoinState, form: FormData): Promise<JoinState> {
  const typed = {
    name: String(form.get("name") ?? "").slice(0, 100),
    email: String(form.get("email") ?? "").slice(0, 254),
  };
  const parsed = joinInput.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { problems: z.flattenError(parsed.error).fieldErrors, ...typed };
  const now = new Date();
  const outcome = await join(parsed.data.token, parsed.data, now);
  if (!outcome.ok) return { reason: outcome.reason, ...typed };
  await signIn(parsed.data, await headers(), now);
  redirect("/alerts");
}

export async function resetAction(_before: ResetState, form: FormData): Promise<ResetState> {
  const parsed = resetInput.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { problems: z.flattenError(parsed.error).fieldErrors };
  const now = new Date();
  const outcome = await resetPassword(parsed.data.token, parsed.data.password, now);
  if (!outcome.ok) return { reason: outcome.reason };
  await signIn({ email: outcome.value.email, password: parsed.data.password }, await headers(), now);
  redirect("/alerts");
}
