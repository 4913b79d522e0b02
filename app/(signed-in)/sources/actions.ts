"use server";

import { refresh } from "next/cache";
import { listSearchedNames } from "#lib/actors/queries/searched-names.ts";
import { failure, type Outcome } from "#lib/outcome.ts";
import {
  estimateBackfill,
  fetchActor,
  moveBackfill,
  retryGap,
  startBackfill,
} from "#lib/sumo/commands/backfills.ts";
import {
  changeConnection,
  createConnection,
  enableConnection,
  pullNow,
  rotateKey,
} from "#lib/sumo/commands/connections.ts";
import { testConnection, testDraft } from "#lib/sumo/commands/test-connection.ts";
import type { ChangeFault, ConnectionTest } from "#lib/sumo/connection.ts";
import { authorize } from "../../_access/current-person.ts";
import type { Refusal } from "../../_access/refusal-words.ts";
import * as inputs from "./inputs.ts";

export type SourceRefusal = ChangeFault | inputs.InvalidInput | { kind: Refusal };

/** As long as a person is made to wait for an answer of Sumo's. */
const PATIENCE_MS = 120_000;

/** Stores a new connection. Gives its id. */
export async function createConnectionAction(input: unknown): Promise<Outcome<string, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.newConnectionInput(), input);
  if (!parsed.ok) return parsed;
  return await createConnection(parsed.value.settings, parsed.value.key, admin.value, new Date());
}

export async function changeConnectionAction(input: unknown): Promise<Outcome<undefined, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.changeInput(), input);
  if (!parsed.ok) return parsed;
  return await changeConnection(parsed.value.seen, parsed.value.settings, admin.value, new Date());
}

/** Asks Sumo as a connection that is still being written would. */
export async function testDraftAction(input: unknown): Promise<Outcome<ConnectionTest, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.newConnectionInput(), input);
  if (!parsed.ok) return parsed;
  const { settings, key } = parsed.value;
  return await testDraft(settings, key, new Date(), AbortSignal.timeout(PATIENCE_MS));
}

/** Asks Sumo as a stored connection does, or would were the settings stored. */
export async function testConnectionAction(input: unknown): Promise<Outcome<ConnectionTest, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.storedTestInput(), input);
  if (!parsed.ok) return parsed;
  const { id, settings } = parsed.value;
  return await testConnection(id, settings ?? undefined, new Date(), AbortSignal.timeout(PATIENCE_MS));
}

export async function rotateKeyAction(input: unknown): Promise<Outcome<undefined, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.rotateInput, input);
  if (!parsed.ok) return parsed;
  const outcome = await rotateKey(parsed.value.seen, parsed.value.key, admin.value, new Date());
  refresh();
  return outcome;
}

export async function enableConnectionAction(input: unknown): Promise<Outcome<undefined, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.enableInput, input);
  if (!parsed.ok) return parsed;
  const outcome = await enableConnection(parsed.value.seen, parsed.value.enabled, admin.value, new Date());
  refresh();
  return outcome;
}

export async function pullNowAction(input: unknown): Promise<Outcome<undefined, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.idInput, input);
  if (!parsed.ok) return parsed;
  const outcome = await pullNow(parsed.value.id, new Date());
  refresh();
  return outcome;
}

type Estimate = { messages: number; bytesScanned: number };

export async function estimateBackfillAction(input: unknown): Promise<Outcome<Estimate, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.rangeInput, input);
  if (!parsed.ok) return parsed;
  return await estimateBackfill(parsed.value, AbortSignal.timeout(PATIENCE_MS));
}

export async function startBackfillAction(input: unknown): Promise<Outcome<string, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.backfillInput, input);
  if (!parsed.ok) return parsed;
  const outcome = await startBackfill(parsed.value, admin.value, new Date());
  refresh();
  return outcome;
}

export async function moveBackfillAction(input: unknown): Promise<Outcome<undefined, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.moveInput, input);
  if (!parsed.ok) return parsed;
  const outcome = await moveBackfill(parsed.value.seen, parsed.value.move, new Date());
  refresh();
  return outcome;
}

export async function retryGapAction(input: unknown): Promise<Outcome<undefined, SourceRefusal>> {
  const admin = await authorize("sources.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = inputs.parseInput(inputs.idInput, input);
  if (!parsed.ok) return parsed;
  const outcome = await retryGap(parsed.value.id);
  refresh();
  return outcome;
}

/** Has everything fetched that names an actor, a day before and after a time. Gives the backfill's id. */
export async function fetchActorAction(input: unknown): Promise<Outcome<string, SourceRefusal>> {
  const person = await authorize("sources.fetch");
  if (!person.ok) return failure({ kind: person.reason });
  const parsed = inputs.parseInput(inputs.fetchInput, input);
  if (!parsed.ok) return parsed;
  const names = await listSearchedNames(parsed.value.actorId);
  if (names.length === 0) return failure({ kind: "gone" });
  return await fetchActor({ ...parsed.value, names }, person.value, new Date());
}
