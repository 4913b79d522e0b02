import { randomUUID } from "node:crypto";
import { makeToken } from "#lib/access/commands/tokens.ts";
import type { Deliverer } from "../delivery.ts";

/** A token that may deliver for the source `prod`. */
export async function storeToken(name = `shipper-${randomUUID().slice(0, 8)}`): Promise<Deliverer> {
  const made = await makeToken({ name, source: "prod", kind: "api" }, { id: randomUUID() }, new Date());
  if (!made.ok) throw new Error(made.reason);
  return { id: made.value.id, name, source: "prod" };
}

/** A body as it comes from a sender, in pieces. */
export function bodyOf(...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(Buffer.from(piece));
      controller.close();
    },
  });
}
