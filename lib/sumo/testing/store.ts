import { pool } from "#lib/db/client.ts";
import { createConnection } from "../commands/connections.ts";
import type { AccessKey, ConnectionSettings } from "../connection.ts";

export const SECRET = {
  accessId: "suAccessId0001",
  accessKey: "an-access-key-that-nobody-may-see-0123456789",
};

export const SETTINGS: ConnectionSettings = {
  name: "Production",
  deployment: "eu",
  apiUrl: null,
  uiUrl: null,
  keyOwner: "",
  categories: { aws: ["aws/cloudtrail"], azure: [] },
  profile: "images-and-context",
  ownQuery: null,
  everyMinutes: 5,
};

/** An admin, stored. Gives their id. */
export async function storeAdmin(name: string): Promise<string> {
  const { rows } = await pool().query<{ id: string }>(
    `insert into person (id, name, email, role, updated_at)
     values (gen_random_uuid(), $1, gen_random_uuid() || '@example.com', 'admin', now()) returning id`,
    [name],
  );
  return rows[0]?.id ?? "";
}

/** A connection, stored. Gives its id. */
export async function storeConnection(
  now: Date,
  authorId: string,
  settings: Partial<ConnectionSettings> = {},
  key: AccessKey = SECRET,
): Promise<string> {
  const made = await createConnection({ ...SETTINGS, ...settings }, key, { id: authorId }, now);
  if (!made.ok) throw new Error(made.reason.kind);
  return made.value;
}

export async function emptySumo(): Promise<void> {
  await pool().query(
    "truncate sumo_connection, sumo_backfill, sumo_window, sumo_recent, sumo_pace, sumo_seat, import",
  );
}
