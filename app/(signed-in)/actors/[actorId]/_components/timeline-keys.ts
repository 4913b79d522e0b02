/** Marks of a timeline: one of them is in the order of Tab, the arrows walk the others. */
const MARK = "[data-mark]";

/** Makes a mark that has got the focus the one that Tab comes back to. False for what is no mark. */
export function focusMark(focused: Element): boolean {
  if (!focused.matches(MARK)) return false;
  for (const other of focused.closest("section")?.querySelectorAll(`${MARK}[tabindex="0"]`) ?? []) {
    other.setAttribute("tabindex", "-1");
  }
  focused.setAttribute("tabindex", "0");
  return true;
}

/** Goes from a mark to another: along the lane, to the lanes above and below, to the ends. True when the key was one of these. */
export function markKeys(key: string, mark: Element): boolean {
  const next = {
    ArrowLeft: () => neighbour(mark, -1),
    ArrowRight: () => neighbour(mark, 1),
    ArrowUp: () => inLane(mark, -1),
    ArrowDown: () => inLane(mark, 1),
    Home: () => inOrder(laneOf(mark))[0],
    End: () => inOrder(laneOf(mark)).at(-1),
  }[key];
  if (!next) return false;
  (next() as SVGElement | undefined)?.focus();
  return true;
}

function laneOf(mark: Element): Element | null {
  return mark.closest("[data-lane]");
}

function inOrder(lane: Element | null): Element[] {
  const marks = [...(lane?.querySelectorAll(MARK) ?? [])];
  return marks.sort((a, b) => placeOf(a) - placeOf(b));
}

function placeOf(mark: Element): number {
  return Number((mark as SVGElement).dataset.x);
}

function neighbour(mark: Element, by: -1 | 1): Element | undefined {
  const marks = inOrder(laneOf(mark));
  return marks[marks.indexOf(mark) + by];
}

/** The mark of the next lane that has any, nearest to where one is. */
function inLane(mark: Element, by: -1 | 1): Element | undefined {
  const lanes = [...(mark.closest("section")?.querySelectorAll("[data-lane]") ?? [])];
  const here = lanes.indexOf(laneOf(mark) as Element);
  const beyond = by === 1 ? lanes.slice(here + 1) : lanes.slice(0, here).reverse();
  const marks = beyond.map(inOrder).find((found) => found.length > 0) ?? [];
  const distance = (other: Element) => Math.abs(placeOf(other) - placeOf(mark));
  return marks.sort((a, b) => distance(a) - distance(b))[0];
}

/** Puts the first mark into the order of Tab, unless one is. */
export function reachMarks(stage: Element | null): void {
  if (stage?.querySelector(`${MARK}[tabindex="0"]`)) return;
  stage?.querySelector(MARK)?.setAttribute("tabindex", "0");
}
