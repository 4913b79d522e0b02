import { cookies } from "next/headers";
import { isZone } from "#lib/zoned-format.ts";

export const ZONE_COOKIE = "barnacle-zone";

/** The reader's time zone, as their browser told it; UTC until it has. */
export async function readerZone(): Promise<string> {
  const zone = (await cookies()).get(ZONE_COOKIE)?.value;
  return zone && isZone(zone) ? zone : "UTC";
}
