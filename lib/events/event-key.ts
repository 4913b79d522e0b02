/** Names an event in a URL: its time and its id. */
export type EventKey = { occurredAt: Date; id: string };

/** Read again by `decodeEventKey`. */
export function encodeEventKey({ occurredAt, id }: EventKey): string {
  return `${occurredAt.getTime()}~${id}`;
}
