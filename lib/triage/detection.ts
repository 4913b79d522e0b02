import { z } from "zod";
import type { Signal } from "#lib/detection/signal.ts";
import type { AddressClass, EventOutcome, ImageRole, LogSource } from "#lib/logs/normalize/event.ts";
import type { NamedLink } from "./alert.ts";

const text = z.string().nullable().catch(null);
const texts = z.array(z.string()).catch([]);
const number = z.coerce.number().int().nonnegative().nullable().catch(null);

/** What an event says beside its fields, as far as a story asks for it: `details` of lib/logs/normalize. */
export const detectionFactsSchema = z
  .object({
    layers: number,
    bytes: number,
    architectures: texts,
    sharedWith: texts,
    unsharedFrom: texts,
    name: text,
    instance: text,
    snapshot: text,
    bucket: text,
    sourceImage: text,
    sourceRegistry: text,
    sourceInstance: text,
    sourceSnapshot: text,
    sourceDisk: text,
    rawDisk: text,
    /** Id of the upload that a layer came by, and the layer's digest. */
    upload: text,
    layer: text,
    inConsole: text,
  })
  .partial()
  .nullable()
  .catch(null);
export type DetectionFacts = NonNullable<z.infer<typeof detectionFactsSchema>>;

/** An actor as a story names it. */
export type StoryActor = NamedLink & { kind: string };

/** A detection as the alert's page lists it. */
export type DetectionRow = {
  occurredAt: Date;
  eventId: string;
  ruleId: string;
  score: number;
  addends: { points: number; why: string }[];
  logSource: LogSource;
  service: string | null;
  operation: string;
  outcome: EventOutcome;
  errorCode: string | null;
  correlationId: string | null;
  actor: StoryActor | null;
  session: string | null;
  accessKey: string | null;
  userAgent: string | null;
  sourceIp: string | null;
  addressClass: AddressClass;
  account: string | null;
  region: string | null;
  tag: string | null;
  /** Of the image that it is about, and what it did to that; null where it names none. */
  digest: string | null;
  role: ImageRole | null;
  /** The image that it was made from. */
  source: NamedLink | null;
  facts: DetectionFacts;
  /** Number of the allowlist entry that suppresses it; null: it is open. */
  suppressedBy: number | null;
  /** Signals by which it stays open though an entry matches it. */
  brokeThrough: Signal[];
  /** Numbers of the entries that hid it until they were revoked. */
  hiddenBefore: number[];
};
