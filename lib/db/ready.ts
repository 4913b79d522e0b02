import { db } from "./client.ts";

/** Whether the database answers; throws what keeps it from doing so. */
export async function checkDatabase(): Promise<void> {
  await db().$queryRaw`select 1`;
}
