import { createFirstAdminLink } from "./commands.ts";

/** A fresh one-time token for the first admin, or null when an admin exists. Earlier such tokens stop working. */
export async function issueFirstAdminToken(): Promise<string | null> {
  return await createFirstAdminLink(new Date());
}
