import { formatUtc } from "../../../_ui/time.tsx";
import { type Bounds, spanWords } from "./span-words.ts";

type SpanProps = Bounds & { zone: string; now: Date };

/** A stretch of time in the reader's zone; UTC on hover. */
export function Span({ from, to, zone, now }: SpanProps) {
  return (
    <span className="number" title={`${formatUtc(from)} – ${formatUtc(to)}`}>
      {spanWords({ from, to }, zone, now)}
    </span>
  );
}
