import { formatTime, formatUtc } from "../../../_ui/time.tsx";

type SpanProps = { from: Date; to: Date; zone: string; now: Date };

/** `24 Nov 14:00:00 – 14:05:00`: the day once, when both ends lie on it. UTC on hover. */
export function Span({ from, to, zone, now }: SpanProps) {
  const [begin, end] = [formatTime(from, zone, now), formatTime(to, zone, now)];
  const [day, clock] = [begin.replace(/ \S+$/, ""), end.replace(/^.* /, "")];
  return (
    <span className="number" title={`${formatUtc(from)} – ${formatUtc(to)}`}>
      {begin} – {end.startsWith(`${day} `) ? clock : end}
    </span>
  );
}
