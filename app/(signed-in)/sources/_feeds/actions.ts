"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { expectOf } from "#lib/ingest/health/commands.ts";
import { expectationSchema } from "#lib/ingest/health/feed.ts";
import { failure, type Outcome } from "#lib/outcome.ts";
import { authorize } from "../../../_access/current-person.ts";
import type { SourceRefusal } from "../actions.ts";
import { parseInput } from "../inputs.ts";

const expectInput = z.strictObject({
  seen: z.strictObject({ id: z.guid(), revision: z.int() }),
  change: expectationSchema,
});

/** Says how long a feed may be silent. */
export async function expectAction(input: unknown): Promise<Outcome<undefined, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = parseInput(expectInput, input);
  if (!parsed.ok) return parsed;
  const outcome = await expectOf(parsed.value.seen, parsed.value.change, admin.value, new Date());
  refresh();
  return outcome;
}
