import type { EntryState } from "#lib/allowlist/entry.ts";
import type { ChangeKind, EntryMoveName } from "#lib/allowlist/entry-move.ts";
import type { StaleReason } from "#lib/allowlist/stale.ts";
import type { WatchField } from "#lib/allowlist/watch.ts";

export const STATE_WORDS = {
  draft: "draft",
  observing: "observing",
  enforcing: "enforcing",
  paused: "paused",
  expired: "expired",
  revoked: "revoked",
  archived: "archived",
} as const satisfies Record<EntryState, string>;

export const STALE_WORDS = {
  "no-hit": "no hit for 30 days",
  "expires-soon": "expires soon",
  "covered-by-another": "another entry decides",
} as const satisfies Record<StaleReason, string>;

export const CHANGE_WORDS = {
  drafted: "drafted it",
  changed: "changed it",
  observing: "had it observe",
  enforcing: "had it enforce",
  paused: "paused it",
  expired: "expired",
  revoked: "revoked it",
  archived: "archived it",
  restored: "restored it",
} as const satisfies Record<ChangeKind, string>;

export const WATCH_FIELD_WORDS = {
  actor: "actor",
  image: "image",
  account: "account",
  accessKey: "access key",
  address: "network",
} as const satisfies Record<WatchField, string>;

export const MOVE_WORDS = {
  observe: "Observe",
  enforce: "Enforce",
  pause: "Pause",
  revoke: "Revoke",
  archive: "Archive",
  restore: "Restore",
} as const satisfies Record<EntryMoveName, string>;
