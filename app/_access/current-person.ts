import type { Route } from "next";
import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { may, type Permission } from "#lib/access/permission.ts";
import type { Person } from "#lib/access/person.ts";
import { getPersonBySession } from "#lib/access/queries.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { Refusal } from "./refusal-words.ts";

/** Who asks, or null. Looked up once a request, so that somebody shut out is out at the next one. */
export const currentPerson = cache(async (): Promise<Person | null> => getPersonBySession(await headers()));

/** For pages: whoever is not signed in is asked to, whoever may not see the page is told. */
export async function requirePermission(permission: Permission): Promise<Person> {
  const person = await currentPerson();
  if (!person) redirect(await signInRoute());
  if (!may(person, permission)) forbidden();
  return person;
}

/** For the frame around pages, which everybody sees who is signed in. */
export async function requirePerson(): Promise<Person> {
  const person = await currentPerson();
  if (!person) redirect(await signInRoute());
  return person;
}

/** For actions and route handlers. */
export async function authorize(permission: Permission): Promise<Outcome<Person, Refusal>> {
  const person = await currentPerson();
  if (!person) return failure("signed-out");
  return may(person, permission) ? success(person) : failure("not-allowed");
}

/** For answers that go on for hours: whether whoever asked still may. Being asked this keeps no session alive. */
export async function stillMay(request: Request, permission: Permission): Promise<boolean> {
  const person = await getPersonBySession(request.headers, { renew: false });
  return person !== null && may(person, permission);
}

async function signInRoute(): Promise<Route> {
  const path = (await headers()).get("x-path") ?? "/";
  return path === "/" ? "/sign-in" : (`/sign-in?to=${encodeURIComponent(path)}` as Route);
}
