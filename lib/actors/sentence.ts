import type { ActorSummary } from "./actor.ts";

type Told = Pick<ActorSummary, "events" | "detections" | "suppressed" | "alerts" | "open">;

/** "12,431 events, 91 detections of which 3 are suppressed, 12 alerts, 2 of them open". */
export function deedsSentence({ events, detections, suppressed, alerts, open }: Told): string {
  const parts = [
    counted(events, "event"),
    counted(detections, "detection") + (suppressed > 0 ? `, ${share(suppressed, detections)}suppressed` : ""),
    counted(alerts, "alert") + (alerts > 0 ? `, ${share(open, alerts)}open` : ""),
  ];
  return parts.join("; ");
}

/** "3 of them ", "all ", "none "; nothing of the only one. */
function share(some: number, all: number): string {
  if (some === 0) return "none ";
  if (some === all) return all === 1 ? "" : "all ";
  return `${some.toLocaleString("en-GB")} of them `;
}

/** "1 event", "12,431 events". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : noun.endsWith("s") ? "es" : "s"}`;
}
