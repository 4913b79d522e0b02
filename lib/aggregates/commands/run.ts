import type { Transaction } from "#lib/db/client.ts";

/** Runs a statement in the transaction of whoever counts; the pipeline has a connection, commands have Prisma. */
export type Run = (text: string, values: unknown[]) => Promise<unknown[]>;

export function runOn(client: Transaction): Run {
  return async (text, values) => (await client.query(text, values)).rows;
}
