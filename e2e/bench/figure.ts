/** One measured figure. `reference` and `ratio` where it is compared with something that was measured in the same run. */
export type Figure = {
  name: string;
  value: number;
  unit: string;
  reference?: { name: string; value: number };
  ratio?: number;
  /** What it must not exceed: of the ratio where there is one, else of the value. */
  bar?: number;
  ok?: boolean;
};

export type Report = (figure: Figure) => void;

/** Measures on a server of its own. `scale`: how much of the full size the store has, for small runs. */
export type Bench = (report: Report, setting: { connectionString: string; scale: number }) => Promise<void>;

/** A figure against a reference of the same run. */
export function ratioFigure(
  name: string,
  unit: string,
  { value, reference, bar }: { value: number; reference: { name: string; value: number }; bar: number },
): Figure {
  const ratio = value / reference.value;
  return { name, value, unit, reference, ratio, bar, ok: ratio <= bar };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error("There is no median of nothing.");
  return (low + high) / 2;
}

/** What 95 of 100 stay below. */
export function p95(values: readonly number[]): number {
  const value = [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];
  if (value === undefined) throw new Error("There is no percentile of nothing.");
  return value;
}

/** Milliseconds that something takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
