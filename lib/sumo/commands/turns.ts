import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { pool } from "#lib/db/client.ts";
import { TIMEOUT_MS } from "../client/request.ts";
import type { Turns } from "../client/search.ts";

/** Sumo allows a person four requests a second, and a key ten at a time. Source: Sumo Logic, "Rate limiting". */
const SLOT_MS = 300;
const SEATS = 10;

/** With this much of lateness five slots still last longer than a second. */
const TOLERATED_MS = 50;

/** Longer than any request with its wait for a slot: a seat that is kept so long has lost its owner. */
const SEAT_MS = 2 * Math.max(...Object.values(TIMEOUT_MS));
const SEAT_RETRY_MS = 200;

/** No row of waiting requests is so long: the database's clock was set back. */
const FARTHEST_SLOT = "2 minutes";

export type Asker = {
  apiUrl: string;
  /** Whose key it is; empty: the key counts for a person. */
  keyOwner: string;
  accessId: string;
};

export type TurnSettings = {
  database?: Pick<pg.Pool, "query">;
  /** By which seats of workers that died are free again. Slots go by the database's own clock. */
  clock?: () => Date;
  sleep?: (ms: number) => Promise<void>;
};

/** What all processes that ask Sumo as the same person, and with the same key, keep together. */
export function turnsFor(asker: Asker, settings: TurnSettings = {}): Turns {
  const turns = new SharedTurns(asker, settings);
  return { take: (send) => turns.take(send) };
}

class SharedTurns {
  readonly #paceKey: string;
  readonly #seatKey: string;
  readonly #settings: TurnSettings;
  #seatsExist: Promise<unknown> | undefined;

  constructor({ apiUrl, keyOwner, accessId }: Asker, settings: TurnSettings) {
    // An access id is half of a secret, and stands nowhere in the clear.
    const key = createHash("sha256").update(accessId).digest("base64url").slice(0, 22);
    this.#seatKey = `${apiUrl} ${key}`;
    this.#paceKey = `${apiUrl} ${keyOwner.trim().toLowerCase() || key}`;
    this.#settings = settings;
  }

  async take<Result>(send: () => Promise<Result>): Promise<Result> {
    const seat = await this.#takeSeat();
    try {
      await this.#awaitSlot();
      return await send();
    } finally {
      await this.#leaveSeat(seat);
    }
  }

  async #takeSeat(): Promise<Seat> {
    this.#seatsExist ??= this.#makeSeats();
    await this.#seatsExist.catch((error: unknown) => {
      this.#seatsExist = undefined;
      throw error;
    });
    for (;;) {
      const now = this.#now();
      const until = new Date(now.getTime() + SEAT_MS);
      const { rows } = await this.#database.query<{ seat: number }>(
        `update sumo_seat set until = $3
         where (key, seat) = (
           select key, seat from sumo_seat where key = $1 and until <= $2
           order by seat limit 1 for update skip locked
         )
         returning seat`,
        [this.#seatKey, now, until],
      );
      if (rows[0]) return { seat: rows[0].seat, until };
      // Those who wait must not all come at once.
      await this.#sleep(SEAT_RETRY_MS * (1 + Math.random()));
    }
  }

  #makeSeats(): Promise<unknown> {
    return this.#database.query(
      `insert into sumo_seat (key, seat, until) select $1, seat, 'epoch' from generate_series(1, $2::int) as seat
       on conflict do nothing`,
      [this.#seatKey, SEATS],
    );
  }

  /** Unless it ran out and another has it. Left behind because the database is gone, it runs out. */
  async #leaveSeat({ seat, until }: Seat): Promise<void> {
    await this.#database
      .query("update sumo_seat set until = 'epoch' where key = $1 and seat = $2 and until = $3", [
        this.#seatKey,
        seat,
        until,
      ])
      .catch(() => {});
  }

  /**
   * Waits for a slot of one's own. Whoever comes too late for theirs takes another, which lasts longer by what is then
   * tolerated, so that even with a database far away everybody's turn comes.
   */
  async #awaitSlot(): Promise<void> {
    for (let tolerated = TOLERATED_MS; ; tolerated *= 2) {
      const asked = performance.now();
      const waitMs = await this.#reserveSlot(SLOT_MS + tolerated - TOLERATED_MS);
      if (waitMs > 0) await this.#sleep(waitMs);
      // The slot began no earlier: the database said so after it was asked.
      if (performance.now() - (asked + waitMs) <= tolerated) return;
    }
  }

  async #reserveSlot(lengthMs: number): Promise<number> {
    const { rows } = await this.#database.query<{ waitMs: number }>(
      `insert into sumo_pace (key, next_at) values ($1, clock_timestamp() + $2 * interval '1 ms')
       on conflict (key) do update set next_at = $2 * interval '1 ms' + case
         when sumo_pace.next_at > clock_timestamp() + interval '${FARTHEST_SLOT}' then clock_timestamp()
         else greatest(sumo_pace.next_at, clock_timestamp())
       end
       returning (extract(epoch from next_at - clock_timestamp()) * 1000 - $2)::float8 as "waitMs"`,
      [this.#paceKey, lengthMs],
    );
    return Math.max(0, Math.ceil(rows[0]?.waitMs ?? 0));
  }

  get #database(): Pick<pg.Pool, "query"> {
    return this.#settings.database ?? pool();
  }

  #now(): Date {
    return (this.#settings.clock ?? (() => new Date()))();
  }

  #sleep(ms: number): Promise<void> {
    return (this.#settings.sleep ?? ((given) => wait(given)))(ms);
  }
}

type Seat = { seat: number; until: Date };
