import type { ReactNode } from "react";
import { searchPlaces } from "./search-places.ts";

/** What can be done in Sumo Logic about something, under a title; nothing where there is no connection. */
export async function InSumo({ children }: { children: ReactNode }) {
  if ((await searchPlaces()).length === 0) return null;
  return (
    <section aria-label="In Sumo Logic">
      <h2>In Sumo Logic</h2>
      {children}
    </section>
  );
}
