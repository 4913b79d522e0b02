/** What Sumo allows. */
export type Limits = { perSecond: number; atATime: number; jobs: number };

type PaceLimits = Pick<Limits, "perSecond" | "atATime">;

const SECOND_MS = 1000;

/** Counts requests by the person whose key it is, and those under way by key; keeps the worst that it saw. */
export class Pace {
  readonly #limits: PaceLimits;
  readonly #arrivals = new Map<string, number[]>();
  readonly #underWay = new Map<string, number>();
  mostInASecond = 0;
  mostAtATime = 0;
  refused = 0;

  constructor(limits: PaceLimits) {
    this.#limits = limits;
  }

  /** Call once a request, `leave` when it is answered. False: too much. What is refused counts too. */
  enter({ owner, accessId }: { owner: string; accessId: string }, now: number): boolean {
    const arrivals = (this.#arrivals.get(owner) ?? []).filter((time) => time > now - SECOND_MS);
    arrivals.push(now);
    this.#arrivals.set(owner, arrivals);
    const underWay = (this.#underWay.get(accessId) ?? 0) + 1;
    this.#underWay.set(accessId, underWay);
    this.mostInASecond = Math.max(this.mostInASecond, arrivals.length);
    this.mostAtATime = Math.max(this.mostAtATime, underWay);
    const isAllowed = arrivals.length <= this.#limits.perSecond && underWay <= this.#limits.atATime;
    if (!isAllowed) this.refused++;
    return isAllowed;
  }

  leave(accessId: string): void {
    this.#underWay.set(accessId, (this.#underWay.get(accessId) ?? 1) - 1);
  }
}
