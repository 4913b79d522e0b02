"use client";

import { useEffect } from "react";
import { rememberZoneAction } from "./actions.ts";

/** Tells the server in which zone to write times, once and whenever the reader's zone changes. */
export function ZoneKeeper({ zone }: { zone: string }) {
  useEffect(() => {
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own && own !== zone) void rememberZoneAction(own);
  }, [zone]);
  return null;
}
