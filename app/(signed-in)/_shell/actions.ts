"use server";

import { refresh } from "next/cache";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { signOut } from "#lib/access/commands/sign-in.ts";
import { isZone } from "#lib/zoned-format.ts";
import { requirePerson } from "../../_access/current-person.ts";
import { ZONE_COOKIE } from "../../_ui/zone.ts";

const YEAR_SECONDS = 31_536_000;
const zoneSchema = z.string().max(60).refine(isZone);

/** Arguments come over HTTP, so they are `unknown` until parsed. */
export async function rememberZoneAction(input: unknown): Promise<void> {
  await requirePerson();
  const zone = zoneSchema.safeParse(input);
  if (!zone.success) return;
  const options = { maxAge: YEAR_SECONDS, sameSite: "lax", httpOnly: true } as const;
  (await cookies()).set(ZONE_COOKIE, zone.data, options);
  refresh();
}

export async function signOutAction(): Promise<void> {
  await requirePerson();
  await signOut(await headers());
  redirect("/sign-in");
}
