import { formatTime } from "../../../_ui/time.tsx";

export type Bounds = { from: Date; to: Date };

/** Of no year that anything here happens in: times written beside it have theirs. */
const LONG_AGO = new Date(0);

/** `24 Nov 14:00:00 – 14:05:00`: the day once, when both ends lie on it, and years where one of them is not this one. */
export function spanWords({ from, to }: Bounds, zone: string, now: Date): string {
  const isOneYear = formatTime(from, zone, to) === formatTime(from, zone, from);
  const beside = isOneYear ? now : LONG_AGO;
  const [begin, end] = [formatTime(from, zone, beside), formatTime(to, zone, beside)];
  if (begin === end) return `${begin}, less than a second`;
  const day = begin.replace(/ \S+$/, "");
  return `${begin} – ${end.startsWith(`${day} `) ? end.slice(day.length + 1) : end}`;
}
