import { scaleUtc } from "d3-scale";
import { zonedFormat } from "#lib/zoned-format.ts";
import type { Piece } from "./scale.ts";
import { lengthOf } from "./window.ts";

/** Room that a tick's words take, in percent of the width: a day and a time, or a day alone. */
const TICK_WIDTH = 10;
const DAY_WIDTH = 6.5;
const DAY_MS = 86_400_000;

export type Tick = {
  x: number;
  at: number /** Between this tick and the next, in milliseconds. */;
  stepMs: number;
};

/** Round times of a zone along the pieces of a scale, as many as there is room for. */
export function ticksOf(pieces: readonly Piece[], zone: string): Tick[] {
  const ticks: Tick[] = [];
  for (const piece of pieces.filter(({ isFold }) => !isFold)) {
    for (const tick of inPiece(piece, zone)) {
      const before = ticks.at(-1);
      const room = tick.stepMs < DAY_MS ? TICK_WIDTH : DAY_WIDTH;
      if ((!before || tick.x - before.x >= room) && tick.x <= 100 - TICK_WIDTH / 2) ticks.push(tick);
    }
  }
  return ticks;
}

function inPiece(piece: Piece, zone: string): Tick[] {
  const room = Math.max(1, Math.floor((piece.end - piece.start) / TICK_WIDTH));
  const shift = offsetMs(piece.from, zone);
  const scale = scaleUtc([piece.from + shift, piece.to + shift], [piece.start, piece.end]);
  const local = scale.ticks(room).map((time) => time.getTime());
  const stepMs = local.length > 1 ? (local[1] ?? 0) - (local[0] ?? 0) : lengthOf(piece);
  const ticks = local.map((time) => ({ at: time - shift, stepMs }));
  const shown = ticks.length > 0 ? ticks : [{ at: piece.from, stepMs }];
  // Where clocks are changed within the piece, the same local time is another instant.
  return shown
    .map(({ at }) => ({ at: at + shift - offsetMs(at, zone), stepMs }))
    .filter(({ at }) => at >= piece.from && at <= piece.to)
    .map(({ at }) => ({ at, stepMs, x: scale(at + shift) }));
}

const offsetIn = zonedFormat({ timeZoneName: "longOffset" });

/** How far a zone's clocks are ahead of UTC at a time. */
export function offsetMs(time: number, zone: string): number {
  const parts = offsetIn(zone).formatToParts(time);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = /([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? [];
  const ahead = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === "-" ? -ahead : ahead;
}
