import { env } from "#lib/env.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { acceptDelivery } from "./commands/deliveries.ts";
import type { Deliverer, Delivery, DeliveryFault } from "./delivery.ts";
import { takeSeat } from "./delivery-seats.ts";
import { type Backlog, getBacklog } from "./queries/deliveries.ts";
import { RECEIVE_TIMES, type Received, receiveBody } from "./receive-body.ts";
import { removeUpload } from "./uploads.ts";

/** Imports that wait: a worker that does not come after is no place to pile up more. */
const MAX_UNREAD_IMPORTS = 1000;

export type Delivered<Answer> = { importId: string } | { answer: Answer };

/**
 * Takes in what a request delivers: once this succeeds it is stored durably and will be read, whatever dies. `answer` is shown
 * small bodies first, and may take one for something else than records, such as a greeting: then nothing is stored.
 * Throws what keeps it from storing anything now; the sender does well to come again.
 */
export async function deliverByApi<Answer = never>(
  from: Deliverer,
  delivery: Delivery,
  now: Date,
  answer: (bytes: Buffer) => Answer | undefined = () => undefined,
): Promise<Outcome<Delivered<Answer>, DeliveryFault>> {
  const { limits } = env();
  if ((delivery.declaredBytes ?? 0) > limits.deliveryBytes) return failure("too-large");
  const leave = takeSeat(from.id);
  if (!leave) return failure("too-many-at-once");
  try {
    if (await isBehind(delivery.declaredBytes ?? 0)) return failure("too-much-unread");
    const received = await receiveBody(delivery, {
      ...RECEIVE_TIMES,
      maxBytes: limits.deliveryBytes,
    });
    if (!received.ok) return received;
    const other = received.value.bytes && answer(received.value.bytes);
    if (other !== undefined) return success({ answer: other });
    return await accept(from, received.value, delivery.key, now);
  } finally {
    leave();
  }
}

async function accept(
  from: Deliverer,
  received: Received,
  key: string | null,
  now: Date,
): Promise<Outcome<{ importId: string }, DeliveryFault>> {
  // When this throws nobody knows whether it was committed: the file stays, and goes later if no import reads it.
  const accepted = await acceptDelivery(from, received, key, now);
  const isNeeded = accepted.ok && !accepted.value.isRepeat;
  if (received.storedAs && !isNeeded) await removeUpload(received.storedAs);
  return accepted.ok ? success({ importId: accepted.value.importId }) : accepted;
}

const BACKLOG_HOLDS_MS = 1000;
let backlog: { at: number; value: Promise<Backlog> } | undefined;

async function isBehind(bytes: number): Promise<boolean> {
  const at = performance.now();
  if (!backlog || at - backlog.at > BACKLOG_HOLDS_MS) backlog = { at, value: getBacklog() };
  const known = backlog;
  const value = await known.value.catch((error) => {
    if (backlog === known) backlog = undefined;
    throw error;
  });
  return value.imports >= MAX_UNREAD_IMPORTS || value.bytes + bytes > env().limits.unreadBytes;
}
