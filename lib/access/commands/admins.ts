import type { Prisma } from "#lib/db/generated/client.ts";

/** Held while somebody might stop being the last admin. */
const ADMINS_KEY = 1_525_020;

export async function lockAdmins(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${ADMINS_KEY})`;
}

export async function countAdmins(tx: Prisma.TransactionClient): Promise<number> {
  return await tx.person.count({ where: { role: "admin", disabledAt: null } });
}
