const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** `1.5 GB`: powers of 1,000, three telling digits. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit++;
  }
  const digits = unit === 0 || amount >= 100 ? 0 : 1;
  return `${amount.toLocaleString("en-GB", { maximumFractionDigits: digits })} ${UNITS[unit]}`;
}
