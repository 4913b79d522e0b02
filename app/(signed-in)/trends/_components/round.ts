/** A coordinate as short as is exact enough. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
