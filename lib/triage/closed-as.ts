import { z } from "zod";
import { severityOf } from "#lib/detection/severity.ts";

/** What an alert held when it was closed: what is not in it is new activity. */
export const closedAsSchema = z.object({
  detectionCount: z.int(),
  rules: z.array(z.string()),
  actorIds: z.array(z.guid()),
  networks: z.array(z.string()),
  score: z.int(),
});
export type ClosedAs = z.infer<typeof closedAsSchema>;

/** What came after an alert was closed. */
export type Since = {
  detectionCount: number;
  rules: string[];
  actorIds: string[];
  networks: string[];
  isMoreSevere: boolean;
};

/** What an alert holds now beyond what it held when it was closed. */
export function sinceClosed(closedAs: ClosedAs, now: ClosedAs): Since {
  const added = (key: "rules" | "actorIds" | "networks") =>
    now[key].filter((value) => !closedAs[key].includes(value));
  return {
    detectionCount: Math.max(0, now.detectionCount - closedAs.detectionCount),
    rules: added("rules"),
    actorIds: added("actorIds"),
    networks: added("networks"),
    isMoreSevere: now.score > closedAs.score && severityOf(now.score) !== severityOf(closedAs.score),
  };
}
