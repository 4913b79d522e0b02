import { setImmediate as breathe } from "node:timers/promises";
import type { LoadedMessage, Message } from "./message.ts";
import type { Scope } from "./query/scope.ts";

export type Span = { from: number; to: number; by: "message" | "receipt" };

/** Between two looks at the network, so that a long search does not make requests seem to arrive together. */
const AT_ONCE = 500;

/** The messages that the stand-in holds, in the order of each of their times. */
export class MessageStore {
  readonly #messages: Message[] = [];
  readonly #orders: Record<Span["by"], Message[]> = { message: [], receipt: [] };
  readonly #known = new Map<string, Map<number, boolean>>();

  load(messages: Iterable<LoadedMessage>): void {
    for (const { receiptTime, searchableAt, ...message } of messages) {
      const received = receiptTime ?? message.messageTime;
      const number = this.#messages.length;
      this.#messages.push({ ...message, receiptTime: received, searchableAt: searchableAt ?? 0, number });
    }
    this.#orders.message = this.#messages.toSorted((a, b) => a.messageTime - b.messageTime);
    this.#orders.receipt = this.#messages.toSorted((a, b) => a.receiptTime - b.receiptTime);
  }

  /** Those of a span (its end is not in it) and a scope that are searchable `now`, the newest first. */
  async find(span: Span, scope: Scope, now: number): Promise<Message[]> {
    const order = this.#orders[span.by];
    const time = timeOf(span.by);
    const known = this.#knownOf(scope);
    const found: Message[] = [];
    for (let at = firstAt(order, time, span.from); at < order.length; at++) {
      const message = order[at];
      if (!message || time(message) >= span.to) break;
      if (at % AT_ONCE === 0) await breathe();
      if (message.searchableAt > now) continue;
      const isIn = known.get(message.number) ?? scope.holds(message);
      known.set(message.number, isIn);
      if (isIn) found.push(message);
    }
    return found.sort((a, b) => b.messageTime - a.messageTime || b.number - a.number);
  }

  /** A pull asks for the same scope again and again. */
  #knownOf(scope: Scope): Map<number, boolean> {
    const known = this.#known.get(scope.text) ?? new Map<number, boolean>();
    if (this.#known.size > 20) this.#known.clear();
    this.#known.set(scope.text, known);
    return known;
  }
}

function timeOf(by: Span["by"]): (message: Message) => number {
  return by === "receipt" ? ({ receiptTime }) => receiptTime : ({ messageTime }) => messageTime;
}

function firstAt(order: readonly Message[], time: (message: Message) => number, from: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const message = order[middle];
    if (message && time(message) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
