/** In minutes. */
export const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
export type AmountUnit = keyof typeof UNITS;

/** A length of time as somebody types it. */
export type Amount = { text: string; unit: AmountUnit };

/** In the largest unit of which it is a whole number. */
export function amountOf(minutes: number | null): Amount {
  if (minutes === null) return { text: "", unit: "hours" };
  const unit = (["days", "hours"] as const).find((one) => minutes % UNITS[one] === 0) ?? "minutes";
  return { text: String(minutes / UNITS[unit]), unit };
}

/** `1.5 hours` is 90 minutes; what is no number is none. */
export function minutesOf({ text, unit }: Amount): number {
  return /^\d+(\.\d+)?$/.test(text.trim()) ? Math.round(Number(text) * UNITS[unit]) : Number.NaN;
}
