import type { Signal } from "#lib/detection/signal.ts";

export const SIGNAL_LABELS = {
  "shared-with-everyone": "Shared with everyone",
  "shared-with-foreign-account": "Shared with a foreign account",
  "guard-lowered": "A guard was lowered before it",
  "stable-tag-moved": "Stable tag moved",
  "new-network": "New network",
  "attack-tool": "Attack tool",
  "watch-list": "On the watch list",
} as const satisfies Record<Signal, string>;
export const SIGNAL_NAMES = Object.keys(SIGNAL_LABELS) as Signal[];

/** What an entry that swallows the signal lets through. */
export const SIGNAL_SENTENCES = {
  "shared-with-everyone": "Nobody is told when an image is made public.",
  "shared-with-foreign-account": "Nobody is told when an image is shared with an account outside.",
  "guard-lowered":
    "Nobody is told of work within a day of a guard being lowered, such as tags made mutable or scanning switched off.",
  "stable-tag-moved":
    "Nobody is told when a tag other than latest is moved to another digest: an image in use can be replaced.",
  "new-network":
    "Nobody is told of work from a network in which the actor was never seen: stolen credentials look like this.",
  "attack-tool": "Nobody is told of work done with the client of an attack tool.",
  "watch-list": "Nobody is told of what a colleague put on the watch list.",
} as const satisfies Record<Signal, string>;
