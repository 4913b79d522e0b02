import { APIError } from "better-auth/api";
import { db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { auth } from "../auth.ts";

/** After so many failures within the window no more attempts are looked at until it has passed. */
const MAX_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;

export type SignInFailureReason = "wrong-credentials" | "too-many-attempts";

/**
 * Signs a person in and sets the session's cookie. A wrong password, an unknown e-mail and a person who was shut out look
 * the same from outside.
 */
export async function signIn(
  { email, password }: { email: string; password: string },
  headers: Headers,
  now: Date,
): Promise<Outcome<undefined, SignInFailureReason>> {
  if (!(await countAttempt(email, now))) return failure("too-many-attempts");
  const person = await db().person.findUnique({ where: { email }, select: { disabledAt: true } });
  try {
    const usable = person?.disabledAt ? { email: `${email}.disabled`, password } : { email, password };
    await auth().api.signInEmail({ body: usable, headers });
  } catch (error) {
    if (error instanceof APIError) return failure("wrong-credentials");
    throw error;
  }
  await forgetFailures(db(), email);
  return success();
}

/** Somebody who proved to be the owner of an e-mail is no longer slowed down. */
export async function forgetFailures(client: Prisma.TransactionClient, email: string): Promise<void> {
  await client.signInFailure.deleteMany({ where: { key: keyOf(email) } });
}

export async function signOut(headers: Headers): Promise<void> {
  await auth().api.signOut({ headers });
}

/** Counts before the password is looked at, so that many attempts at once cannot slip through. */
async function countAttempt(email: string, now: Date): Promise<boolean> {
  const oldest = new Date(now.getTime() - WINDOW_MS);
  const rows = await db().$queryRaw<{ count: number }[]>`
    insert into sign_in_failure (key, count, since) values (${keyOf(email)}, 1, ${now})
    on conflict (key) do update set
      count = case when sign_in_failure.since < ${oldest} then 1 else sign_in_failure.count + 1 end,
      since = case when sign_in_failure.since < ${oldest} then ${now} else sign_in_failure.since end
    returning count`;
  await db().signInFailure.deleteMany({ where: { since: { lt: oldest } } });
  return (rows[0]?.count ?? 0) <= MAX_FAILURES;
}

function keyOf(email: string): string {
  return `email ${email}`;
}
