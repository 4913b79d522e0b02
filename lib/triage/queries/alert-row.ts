import { z } from "zod";
import { Prisma } from "#lib/db/generated/client.ts";
import { FAMILY_NAMES } from "#lib/detection/family.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { SIGNALS } from "#lib/detection/signal.ts";
import { ADDRESS_CLASSES, OUTCOMES, PLATFORMS } from "#lib/logs/normalize/event.ts";
import { ALERT_STATUSES, type AlertRow, type NamedLink, VERDICTS } from "../alert.ts";

const { sql } = Prisma;

/** What `alertRowsSchema` reads, with the names that the joins add. */
export const alertColumns = sql`alert.id, alert.number, alert.first_at, alert.last_at, alert.score, alert.platform, alert.family,
  alert.accounts, alert.regions, alert.operations, alert.rules, alert.actor_id, alert.image_id, alert.subject, alert.source_ips,
  alert.address_classes, alert.outcome, alert.detection_count, alert.operation_count, alert.status,
  alert.revision, alert.verdict, alert.assignee_id, alert.new_activity, alert.suppressed_count, alert.broke_through,
  cardinality(alert.actor_ids) as actor_count, actor.name as actor_name, image.name as image_name,
  assignee.name as assignee_name`;

export const alertJoins = sql`left join actor on actor.id = alert.actor_id left join image on image.id = alert.image_id
  left join person assignee on assignee.id = alert.assignee_id`;

export const alertRowsSchema = z.array(
  z
    .object({
      id: z.guid(),
      number: z.int(),
      first_at: z.date(),
      last_at: z.date(),
      score: z.int(),
      platform: z.enum(PLATFORMS),
      family: z.enum(FAMILY_NAMES),
      accounts: z.array(z.string()),
      regions: z.array(z.string()),
      operations: z.array(z.string()),
      rules: z.array(z.string()),
      actor_id: z.guid().nullable(),
      actor_name: z.string().nullable(),
      actor_count: z.int(),
      image_id: z.guid().nullable(),
      image_name: z.string().nullable(),
      subject: z.string(),
      source_ips: z.array(z.string()),
      address_classes: z.array(z.enum(ADDRESS_CLASSES)),
      outcome: z.enum(OUTCOMES),
      detection_count: z.int(),
      operation_count: z.int(),
      status: z.enum(ALERT_STATUSES),
      revision: z.int(),
      verdict: z.enum(VERDICTS).nullable(),
      assignee_id: z.guid().nullable(),
      assignee_name: z.string().nullable(),
      new_activity: z.boolean(),
      suppressed_count: z.int(),
      broke_through: z.array(z.enum(SIGNALS)),
    })
    .transform(
      (row): AlertRow => ({
        id: row.id,
        number: row.number,
        firstAt: row.first_at,
        lastAt: row.last_at,
        severity: severityOf(row.score),
        score: row.score,
        platform: row.platform,
        family: row.family,
        accounts: row.accounts,
        regions: row.regions,
        operations: row.operations,
        rules: row.rules,
        actor: named(row.actor_id, row.actor_name),
        actorCount: row.actor_count,
        image: named(row.image_id, row.image_name),
        subject: row.subject,
        sourceIps: row.source_ips,
        addressClasses: row.address_classes,
        outcome: row.outcome,
        detectionCount: row.detection_count,
        operationCount: row.operation_count,
        status: row.status,
        revision: row.revision,
        verdict: row.verdict,
        assignee: named(row.assignee_id, row.assignee_name),
        newActivity: row.new_activity,
        suppressedCount: row.suppressed_count,
        brokeThrough: row.broke_through,
      }),
    ),
);

function named(id: string | null, name: string | null): NamedLink | null {
  return id === null ? null : { id, name: name ?? id };
}
