import { z } from "zod";

const ROLES = ["analyst", "admin", "manager"] as const;
export type Role = (typeof ROLES)[number];

/** Somebody who is signed in. */
export type Person = { id: string; name: string; email: string; role: Role };

export const MIN_PASSWORD_LENGTH = 12;
const MAX_PASSWORD_LENGTH = 256;

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ error: "Enter an e-mail address, such as dana@example.com." }));

/** Long rather than contrived: ASVS 5.0, 6.2. */
export const newPasswordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH, { error: `Use at least ${MIN_PASSWORD_LENGTH} characters.` })
  .max(MAX_PASSWORD_LENGTH, { error: `Use at most ${MAX_PASSWORD_LENGTH} characters.` })
  .refine((password) => new Set(password).size >= 5, { error: "Use more than a few different characters." });

export const personNameSchema = z
  .string()
  .trim()
  .min(1, { error: "Enter a name." })
  .max(100, { error: "Use at most 100 characters." })
  .regex(/^\P{Cc}*$/u, { error: "Use a name on one line, without control characters." });

export const roleSchema = z.enum(ROLES);
