import { z } from "zod";
import { PLATFORMS } from "#lib/logs/normalize/event.ts";
import { isStorable } from "#lib/storable.ts";
import { ACTOR_KINDS } from "./actor.ts";
import { ACTOR_SORTS, type ActorFilter, SEEN_RANGES, type SeenRange } from "./actor-filter.ts";

const MAX_TEXT = 200;

/** Nothing that is stored holds a NUL. */
const text = z.string().trim().min(1).max(MAX_TEXT).refine(isStorable).optional().catch(undefined);
const time = z.iso
  .datetime({ offset: true })
  .transform((given) => new Date(given))
  // With an offset a time may fall out of the years that it is written in.
  .refine((given) => given.getUTCFullYear() >= 1 && given.getUTCFullYear() <= 9999)
  .optional()
  .catch(undefined);

const actorFilterSchema = z.object({
  q: text,
  platform: z.enum(PLATFORMS).optional().catch(undefined),
  kind: z.enum(ACTOR_KINDS).optional().catch(undefined),
  account: text,
  open: z
    .literal("1")
    .transform(() => true)
    .catch(false),
  seen: z
    .enum(Object.keys(SEEN_RANGES) as SeenRange[])
    .optional()
    .catch(undefined),
  from: time,
  to: time,
  newFrom: time,
  newTo: time,
  sort: z.enum(ACTOR_SORTS).catch("-seen"),
});

/** The filter of a page's search parameters. What cannot be read is dropped; the filter in force is always shown. */
export function parseActorFilter(params: Record<string, string | string[] | undefined>): ActorFilter {
  const { q, platform, kind, account, open, seen, from, to, newFrom, newTo, sort } =
    actorFilterSchema.parse(params);
  return { q, platform, kind, account, open, seen, from, to, newFrom, newTo, sort };
}
