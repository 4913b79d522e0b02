/** Zones come from cookies and URLs, in any mix of upper and lower case. */
const MOST_ZONES = 1000;

/** A way to write times, by zone. Each is made once: making one takes a hundred times as long as writing a time with it. */
export function zonedFormat(
  options: Intl.DateTimeFormatOptions,
  locale = "en-GB",
): (zone: string) => Intl.DateTimeFormat {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (zone) => {
    const known = formats.get(zone);
    if (known) return known;
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    if (formats.size >= MOST_ZONES) formats.clear();
    formats.set(zone, format);
    return format;
  };
}

/** Whether there is such a time zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
