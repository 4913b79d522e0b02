/** The number of an entry in an address; null for anything that is none. */
export function entryNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
