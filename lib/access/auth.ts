import { randomUUID } from "node:crypto";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { betterAuth } from "better-auth/minimal";
import { nextCookies } from "better-auth/next-js";
import { db } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { MIN_PASSWORD_LENGTH } from "./person.ts";

const HOUR_SECONDS = 3600;

/**
 * better-auth keeps sessions and checks passwords. It is called from our own actions only: its HTTP routes are not
 * mounted, so that there is no way in beside the table of permissions.
 */
function createAuth() {
  const { publicUrl, port, secret } = env();
  if (!secret) throw new Error("BARNACLE_SECRET is not set: start the application with npm start.");
  const baseURL = publicUrl ?? `http://localhost:${port}`;
  return betterAuth({
    appName: "Barnacle",
    baseURL,
    secret,
    database: prismaAdapter(db(), { provider: "postgresql" }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: 256,
    },
    user: {
      modelName: "person",
      additionalFields: {
        role: { type: "string", required: true, input: false },
        disabledAt: { type: "date", required: false, input: false },
      },
    },
    session: {
      fields: { userId: "personId" },
      expiresIn: 12 * HOUR_SECONDS,
      updateAge: HOUR_SECONDS,
      cookieCache: { enabled: false },
    },
    account: { modelName: "credential", fields: { userId: "personId" } },
    advanced: {
      cookiePrefix: "barnacle",
      useSecureCookies: baseURL.startsWith("https:"),
      database: { generateId: () => randomUUID() },
    },
    telemetry: { enabled: false },
    logger: {
      log: (level, message) =>
        log[level === "error" || level === "warn" ? level : "debug"]({ auth: message }, "sign-in"),
    },
    plugins: [nextCookies()],
  });
}

type Auth = ReturnType<typeof createAuth>;
let created: Auth | undefined;

/** Made on first use: it needs the database and the secret, which a build has not. */
export function auth(): Auth {
  created ??= createAuth();
  return created;
}

export async function hashPassword(password: string): Promise<string> {
  const { password: hasher } = await auth().$context;
  return await hasher.hash(password);
}
