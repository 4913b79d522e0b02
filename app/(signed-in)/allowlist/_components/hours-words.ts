/** `in 5 of 24 hours; 88 % at 02, 03, 04 h UTC`: the busiest few. */
export function hoursWords(hours: readonly number[]): string {
  const all = hours.reduce((sum, count) => sum + count, 0);
  const active = hours.filter((count) => count > 0).length;
  if (all === 0) return "at no hour";
  if (active > 18) return "around the clock (UTC)";
  const busiest = [...hours.keys()].sort((a, b) => (hours[b] ?? 0) - (hours[a] ?? 0)).slice(0, 3);
  const listed = busiest.filter((hour) => (hours[hour] ?? 0) > 0).sort((a, b) => a - b);
  const share = Math.round((100 * listed.reduce((sum, hour) => sum + (hours[hour] ?? 0), 0)) / all);
  return `in ${active} of 24 hours; ${share} % at ${listed.map((hour) => String(hour).padStart(2, "0")).join(", ")} h UTC`;
}
