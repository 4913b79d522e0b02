import { z } from "zod";
import { Prisma } from "#lib/db/generated/client.ts";
import { FAMILY_NAMES } from "#lib/detection/family.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { ADDRESS_CLASSES, OUTCOMES, PLATFORMS } from "#lib/logs/normalize/event.ts";
import { ALERT_STATUSES, type AlertRow } from "../alert.ts";

const { sql } = Prisma;

/** What `alertRowsSchema` reads, with the names that the joins add. */
export const alertColumns = sql`alert.id, alert.number, alert.first_at, alert.last_at, alert.score, alert.platform, alert.family,
  alert.account, alert.regions, alert.operations, alert.rules, alert.actor_id, alert.image_id, alert.subject, alert.source_ips,
  alert.address_classes, alert.outcome, alert.detection_count, alert.operation_count, alert.status,
  cardinality(alert.actor_ids) as actor_count, actor.name as actor_name, image.name as image_name`;

export const alertJoins = sql`left join actor on actor.id = alert.actor_id left join image on image.id = alert.image_id`;

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
      account: z.string(),
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
        account: row.account,
        regions: row.regions,
        operations: row.operations,
        rules: row.rules,
        actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? row.actor_id },
        actorCount: row.actor_count,
        image: row.image_id === null ? null : { id: row.image_id, name: row.image_name ?? row.image_id },
        subject: row.subject,
        sourceIps: row.source_ips,
        addressClasses: row.address_classes,
        outcome: row.outcome,
        detectionCount: row.detection_count,
        operationCount: row.operation_count,
        status: row.status,
      }),
    ),
);
