import type { Role } from "#lib/access/person.ts";

export const ROLE_ORDER: readonly Role[] = ["analyst", "admin", "manager"];

export const ROLE_HINTS = {
  analyst: "works the queue, imports logs",
  admin: "also manages people and settings",
  manager: "reads",
} as const satisfies Record<Role, string>;
