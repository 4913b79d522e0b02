import { db } from "#lib/db/client.ts";
import { type ClientBehind, clientsTogether, hidesClient } from "#lib/events/client.ts";
import { type Calls, listClientsBehind } from "#lib/events/queries/clients.ts";
import type { AlertRow } from "../alert.ts";
import { type Deed, groupDeeds, isPush } from "../deed.ts";
import { deedFacts } from "../deed-facts.ts";
import type { DetectionRow } from "../detection.ts";
import { imageIdsOf } from "../image-ids.ts";
import type { Replaced, StoryFacts } from "../sentence.ts";
import { listDetections } from "./alert-detections.ts";
import { listReplaced, type PutTag } from "./replaced-tags.ts";

/** A deed with what its sentence is made from. */
export type ToldDeed = Deed & { facts: StoryFacts };

export type DeedPage = {
  deeds: ToldDeed[];
  /** All ids of the alert's image. */
  imageIds: string[];
  earlier: string | null;
  later: string | null;
};

/** Of a push under many names, what the first ones replace is asked. */
const TAGS_ASKED = 3;

/** One page of what was done, in the order of time, from one page of an alert's detections. */
export async function listDeeds(alert: AlertRow, cursor?: string): Promise<DeedPage> {
  const [{ rows, ...pages }, imageIds] = await Promise.all([
    listDetections(alert.id, cursor),
    imageIdsOfAlert(alert),
  ]);
  const deeds = groupDeeds(rows);
  const [clients, replaced] = await Promise.all([clientsOf(deeds), replacedOf(deeds, imageIds)]);
  return {
    deeds: deeds.map((deed, at) => ({
      ...deed,
      facts: deedFacts(deed, { alert, client: clients[at] ?? null, replaced: replaced[at] ?? null }),
    })),
    imageIds,
    ...pages,
  };
}

async function imageIdsOfAlert({ image }: AlertRow): Promise<string[]> {
  if (!image) return [];
  const found = await db().image.findUnique({ where: { id: image.id }, select: { key: true } });
  return found ? imageIdsOf(found.key) : [image.id];
}

/** Who stands behind each deed; null where its records name their client. */
async function clientsOf(deeds: readonly Deed[]): Promise<(ClientBehind | null)[]> {
  const calls = deeds.map(({ rows }) => callsOf(rows.filter(hidesClient)));
  const behind = await listClientsBehind(calls.flat());
  return deeds.map(({ rows }, at) => {
    const before = calls.slice(0, at).flat().length;
    const own = behind.slice(before, before + (calls[at]?.length ?? 0));
    return rows.some(hidesClient) ? clientsTogether(own) : null;
  });
}

function callsOf(rows: readonly DetectionRow[]): Calls[] {
  const calls = new Map<string, Calls>();
  for (const { accessKey, occurredAt } of rows) {
    if (accessKey === null) continue;
    const known = calls.get(accessKey);
    // In the order of time.
    if (known) known.to = occurredAt;
    else calls.set(accessKey, { accessKey, from: occurredAt, to: occurredAt });
  }
  return [...calls.values()];
}

/** What each deed replaced: of several tags the first that stood for something else. */
async function replacedOf(deeds: readonly Deed[], imageIds: readonly string[]): Promise<(Replaced | null)[]> {
  const puts = deeds.map(putsOf);
  const replaced = await listReplaced(imageIds, puts.flat());
  return deeds.map((_, at) => {
    const before = puts.slice(0, at).flat().length;
    const own = replaced.slice(before, before + (puts[at]?.length ?? 0));
    return own.find((one) => one !== null) ?? null;
  });
}

function putsOf({ rows }: Deed): PutTag[] {
  const puts = new Map<string, PutTag>();
  for (const { operation, outcome, tag, digest, occurredAt } of rows) {
    if (!isPush(operation) || outcome === "failure" || tag === null) continue;
    const known = puts.get(tag);
    // An engine tells of a push without its digest.
    if (known) known.digest ||= digest ?? "";
    else puts.set(tag, { tag, digest: digest ?? "", at: occurredAt });
  }
  return [...puts.values()].filter(({ digest }) => digest !== "").slice(0, TAGS_ASKED);
}
