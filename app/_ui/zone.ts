import { cookies } from "next/headers";

export const ZONE_COOKIE = "barnacle-zone";

/** The reader's time zone, as their browser told it; UTC until it has. */
export async function readerZone(): Promise<string> {
  const zone = (await cookies()).get(ZONE_COOKIE)?.value;
  return zone && isZone(zone) ? zone : "UTC";
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
