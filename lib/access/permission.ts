import type { Person, Role } from "./person.ts";

const EVERYBODY: readonly Role[] = ["analyst", "admin", "manager"];

/** Who may do what. Every page, route and action asks here, and nothing else decides. */
export const PERMISSIONS = {
  "alerts.read": EVERYBODY,
  "alerts.triage": ["analyst", "admin"],
  "actors.read": EVERYBODY,
  "events.read": EVERYBODY,
  "records.read": EVERYBODY,
  "trends.read": EVERYBODY,
  "imports.read": EVERYBODY,
  "imports.create": ["analyst", "admin"],
  "imports.delete": ["admin"],
  /** Has stored records read again, and looks at what that would change. */
  "replays.run": ["admin"],
  "retention.read": EVERYBODY,
  "retention.manage": ["admin"],
  "rules.read": EVERYBODY,
  /** Switches rules on and off, and gives them another base severity. */
  "rules.manage": ["admin"],
  "allowlist.read": EVERYBODY,
  /** Drafts, observes, and enforces what is narrow and short; what only admins may do is in ENTRY_MOVES. */
  "allowlist.draft": ["analyst", "admin"],
  "watchlist.manage": ["admin"],
  "sources.read": EVERYBODY,
  "sources.manage": ["admin"],
  /** Has a connection fetch what one actor did around a time. */
  "sources.fetch": ["analyst", "admin"],
  /** Makes and revokes what lets programs deliver. */
  "tokens.manage": ["admin"],
  "people.manage": ["admin"],
  /** What the organisation says of itself: networks, accounts, applications, images, hours. */
  "organisation.read": EVERYBODY,
  "organisation.manage": ["admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function may(person: Pick<Person, "role">, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(person.role);
}
