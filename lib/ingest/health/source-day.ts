import { isByHand, type Source } from "./feed.ts";

/** What a source delivered in the last 24 hours. */
export type SourceDay = {
  source: Source;
  records: number;
  /** Of the records. */
  rejected: number;
  /** Of the records, unpacked. */
  bytes: number;
  /** When something last came; also before these hours. */
  lastAt: Date;
};

const FEW = { records: 10, share: 0.1 };
const SHARE = 0.01;

/**
 * Whether so many records of what comes by itself are rejected that somebody should look: one in a hundred, and of fewer
 * than ten rejected ones one in ten. What people upload tells each of them itself.
 */
export function isRejecting({ source, records, rejected }: SourceDay): boolean {
  if (rejected === 0 || isByHand(source.kind)) return false;
  return rejected >= records * (rejected < FEW.records ? FEW.share : SHARE);
}
