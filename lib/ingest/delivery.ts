/** On whose behalf something is delivered: a token, and the source that it was made for. */
export type Deliverer = { id: string; name: string; source: string };

/** One request that delivers, as it comes. */
export type Delivery = {
  /** Ends early, or throws, when the sender leaves. */
  body: ReadableStream<Uint8Array> | null;
  /** What the sender says of its length; null: it does not say. */
  declaredBytes: number | null;
  /** What the sender calls it, so that it can send it again. Null: it goes by its bytes. */
  key: string | null;
};

/** What kept a delivery from being taken. Nothing of it is kept then. */
export type DeliveryFault =
  | "empty"
  | "too-large"
  | "too-slow"
  | "cut-off"
  | "key-used"
  | "too-many-at-once"
  | "too-much-unread"
  | "disk-full";

/** A delivery is answered again as it was before for so long. */
export const REMEMBERED_MS = 24 * 3_600_000;

/** At first nobody waits long for what a webhook says; of a stream of them no more than one import a minute is made. */
const FIRST_WAIT_MS = 5000;
const OPEN_MS = 60_000;

/** When the import is sealed that is opened now for a token that opened its last one then. */
export function sealTime(now: Date, lastOpenedAt: Date | null): Date {
  const earliest = now.getTime() + FIRST_WAIT_MS;
  const paced = lastOpenedAt ? lastOpenedAt.getTime() + OPEN_MS : 0;
  return new Date(Math.min(Math.max(earliest, paced), now.getTime() + OPEN_MS));
}

/** An import that holds so much is sealed at once. */
export const SEAL_BYTES = 16 * 1024 * 1024;
export const SEAL_DELIVERIES = 5000;

/** What an import by a token is called, such as `prod-registry · 24 Nov 2026 16:00:07 UTC`. */
export function deliveryName(source: string, now: Date): string {
  return `${source} · ${NAME_TIME.format(now).replace(",", "")} UTC`;
}

const NAME_TIME = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});
