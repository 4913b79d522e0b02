import { pool } from "#lib/db/client.ts";

/** What was delivered by tokens and is not read yet. */
export type Backlog = { imports: number; bytes: number };

export async function getBacklog(): Promise<Backlog> {
  const { rows } = await pool().query<{ imports: string; bytes: string }>(
    `select count(*) as imports, coalesce(sum(greatest(0, byte_size - bytes_read)), 0)
       + (select coalesce(sum(delivery.byte_size), 0) from open_import
          join delivery on delivery.import_id = open_import.import_id) as bytes
     from import where state in ('receiving', 'queued', 'running') and kind = 'api'`,
  );
  return { imports: Number(rows[0]?.imports ?? 0), bytes: Number(rows[0]?.bytes ?? 0) };
}
