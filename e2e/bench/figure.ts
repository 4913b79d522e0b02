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

export type Bench = (report: (figure: Figure) => void) => Promise<void>;

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

/** Milliseconds that something takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
