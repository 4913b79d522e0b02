/** Bodies that one process takes in at the same time: each holds up to 256 kB of memory, or a file. */
const MAX_SEATS = 64;
/** One token leaves room for others. */
const MAX_SEATS_OF_TOKEN = 32;

type Seats = { taken: number; byToken: Map<string, number> };

/** The routes that deliver may be loaded as modules of their own: what they count is one. */
const holder = globalThis as typeof globalThis & { barnacleSeats?: Seats };

/** Takes a place among those who deliver. Gives what frees it again, or undefined when there is none. */
export function takeSeat(tokenId: string): (() => void) | undefined {
  holder.barnacleSeats ??= { taken: 0, byToken: new Map() };
  const seats = holder.barnacleSeats;
  const own = seats.byToken.get(tokenId) ?? 0;
  if (seats.taken >= MAX_SEATS || own >= MAX_SEATS_OF_TOKEN) return undefined;
  seats.taken++;
  seats.byToken.set(tokenId, own + 1);
  return () => {
    seats.taken--;
    const left = (seats.byToken.get(tokenId) ?? 1) - 1;
    if (left > 0) seats.byToken.set(tokenId, left);
    else seats.byToken.delete(tokenId);
  };
}
