import type { Period } from "#lib/trends/period.ts";
import { formatUtc } from "../../../_ui/time.tsx";
import { spanWords } from "./bucket-words.ts";

/** Which days these are, in which zone, and what they are compared with. */
export function PeriodSentence({ period, now }: { period: Period; now: Date }) {
  const { before, zone, days } = period;
  const isRunning = now.getTime() < period.to && now.getTime() > period.from;
  const words = `${spanWords(period, zone)}, ${zone}, compared with ${spanWords(before, zone)}`;
  return (
    <span
      className="secondary"
      title={`${formatUtc(new Date(period.from))} to ${formatUtc(new Date(period.to))}`}
    >
      {words}
      {isRunning && days > 0 ? ", as far as today has come" : ""}
    </span>
  );
}
