const STEPS = ["", "k", "M", "bn"] as const;

/** `15k`, rounded down, where there is no room. Not by `Intl`: servers and browsers write it in different case. */
export function shortCount(count: number): string {
  let amount = count;
  let step = 0;
  while (amount >= 1000 && step < STEPS.length - 1) {
    amount /= 1000;
    step++;
  }
  return `${Math.floor(amount)}${STEPS[step]}`;
}
