import { createHash, randomBytes } from "node:crypto";
import type { Role } from "./person.ts";

/** What a link lets somebody do, once: become the first admin, join, or choose a new password. */
export type LinkPurpose = "first-admin" | "invite" | "reset";

const HOUR_MS = 3_600_000;

/** A link is a secret that passes through chats and mail: it is short-lived. */
export const LINK_LIFE_MS = {
  "first-admin": 24 * HOUR_MS,
  invite: 72 * HOUR_MS,
  reset: 24 * HOUR_MS,
} as const satisfies Record<LinkPurpose, number>;

/** An unused link, as its bearer sees it. */
export type OpenLink =
  | { purpose: "first-admin" | "invite"; role: Role; expiresAt: Date }
  | { purpose: "reset"; name: string; email: string; expiresAt: Date };

/** 256 random bits, as they stand in the address. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** All that is stored of a token; it is random enough to need no salt. */
export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(token).digest());
}
