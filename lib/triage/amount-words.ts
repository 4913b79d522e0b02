const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;
const DIGITS = 12;

/** `1 layer`, `1,204 layers`. */
export function amountWords(count: number, one: string): string {
  return `${count.toLocaleString("en-GB")} ${one}${count === 1 ? "" : "s"}`;
}

/** `212 MB`: powers of 1,000, three telling digits. */
export function bytesWords(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const amount = bytes / 1000 ** unit;
  const digits = unit === 0 || amount >= 100 ? 0 : 1;
  return `${amount.toLocaleString("en-GB", { maximumFractionDigits: digits })} ${UNITS[unit]}`;
}

/** `sha256:ab12cd34ef56…`: enough to tell it from others, as registries shorten it. */
export function shortDigest(digest: string): string {
  const [algorithm = "", value] = digest.split(":");
  if (value === undefined || value.length <= DIGITS) return digest;
  return `${algorithm.slice(0, DIGITS)}:${value.slice(0, DIGITS)}…`;
}

const SPANS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** `12 days`, `3 hours`: in the unit of which there are two or more. */
export function spanWords(ms: number): string {
  const [unit, size] = SPANS.find(([, one]) => ms >= 2 * one) ?? ["second", 1000];
  return amountWords(Math.max(1, Math.floor(ms / size)), unit);
}
