"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { z } from "zod";
import { createResetLink, invite, revokeInvitation } from "#lib/access/commands/links.ts";
import {
  changeRole,
  disablePerson,
  enablePerson,
  type PersonChangeFailure,
} from "#lib/access/commands/people.ts";
import { roleSchema } from "#lib/access/person.ts";
import { env } from "#lib/env.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { authorize } from "../../_access/current-person.ts";
import type { Refusal } from "../../_access/refusal-words.ts";

export type PeopleFailure = Refusal | "invalid-input" | PersonChangeFailure | "link-unusable";

const personInput = z.object({ personId: z.guid() });
const changeInput = z.object({ personId: z.guid(), from: roleSchema, to: roleSchema });
const inviteInput = z.object({ role: roleSchema });
const revokeInput = z.object({ linkId: z.guid() });

/** Makes an invitation. Returns its address, which is shown once. */
export async function inviteAction(input: unknown): Promise<Outcome<string, PeopleFailure>> {
  const admin = await authorize("people.manage");
  if (!admin.ok) return admin;
  const parsed = inviteInput.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  const token = await invite(admin.value, parsed.data.role, new Date());
  refresh();
  return success(await addressOf(token));
}

export async function revokeAction(input: unknown): Promise<Outcome<undefined, PeopleFailure>> {
  const admin = await authorize("people.manage");
  if (!admin.ok) return admin;
  const parsed = revokeInput.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  const outcome = await revokeInvitation(parsed.data.linkId);
  refresh();
  return outcome;
}

/** Makes a link with which a person chooses a new password. Returns its address, which is shown once. */
export async function resetLinkAction(input: unknown): Promise<Outcome<string, PeopleFailure>> {
  const admin = await authorize("people.manage");
  if (!admin.ok) return admin;
  const parsed = personInput.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  const token = await createResetLink(admin.value, parsed.data.personId, new Date());
  return token.ok ? success(await addressOf(token.value)) : token;
}

export async function changeRoleAction(input: unknown): Promise<Outcome<undefined, PeopleFailure>> {
  const admin = await authorize("people.manage");
  if (!admin.ok) return admin;
  const parsed = changeInput.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  const outcome = await changeRole(parsed.data);
  refresh();
  return outcome;
}

export async function disableAction(input: unknown): Promise<Outcome<undefined, PeopleFailure>> {
  const admin = await authorize("people.manage");
  if (!admin.ok) return admin;
  const parsed = personInput.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  const outcome = await disablePerson(parsed.data.personId, new Date());
  refresh();
  return outcome;
}

export async function enableAction(input: unknown): Promise<Outcome<undefined, PeopleFailure>> {
  const admin = await authorize("people.manage");
  if (!admin.ok) return admin;
  const parsed = personInput.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  const outcome = await enablePerson(parsed.data.personId);
  refresh();
  return outcome;
}

/** The address at which the admin reached us is one at which a colleague can too, unless the operator says better. */
async function addressOf(token: string): Promise<string> {
  const base = env().publicUrl ?? (await headers()).get("origin") ?? "";
  return `${base}/welcome/${token}`;
}
