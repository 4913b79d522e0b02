import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { ALERT_STATUSES, VERDICT_REASONS, VERDICTS } from "../alert.ts";
import { MOVE_NAMES } from "../move.ts";

/** One step in an alert's history, as it was written. */
export type ActivityRow = z.infer<typeof activitySchema>;

/** The whole history of an alert, from its first step. */
export async function listActivities(alertId: string): Promise<ActivityRow[]> {
  const rows = await db().$queryRaw<unknown[]>`
    select activity.id, at, kind, "from", "to", verdict, reason_class as "reasonClass", text, case_link as "caseLink",
      duplicate_of as "duplicateOf", assignee.name as assignee, score, person.name as by
    from activity
    left join person on person.id = activity.person_id
    left join person assignee on assignee.id = activity.assignee_id
    where alert_id = ${alertId}::uuid
    order by at, activity.id`;
  return z.array(activitySchema).parse(rows);
}

const activitySchema = z.object({
  id: z.guid(),
  at: z.date(),
  by: z.string().nullable(),
  /** `evidence`: detections of it are gone; the text says why. */
  kind: z.enum([...MOVE_NAMES, "evidence"]),
  from: z.enum(ALERT_STATUSES),
  to: z.enum(ALERT_STATUSES),
  verdict: z.enum(VERDICTS).nullable(),
  reasonClass: z.enum(VERDICT_REASONS).nullable(),
  text: z.string().nullable(),
  caseLink: z.string().nullable(),
  /** Number of the alert that this one was said to repeat. */
  duplicateOf: z.int().nullable(),
  /** Whose it became; null with `assign`: nobody's. */
  assignee: z.string().nullable(),
  /** Of the alert as it was seen. */
  score: z.int().nullable(),
});
