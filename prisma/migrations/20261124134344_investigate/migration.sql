-- DropIndex
DROP INDEX "detection_actor_id_occurred_at_idx";

-- AlterTable
ALTER TABLE "alert" ADD COLUMN     "acknowledged_at" TIMESTAMPTZ(3),
ADD COLUMN     "visible_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "actor_day" (
    "actor_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "service" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "events" INTEGER NOT NULL,
    "detections" INTEGER NOT NULL,
    "suppressed" INTEGER NOT NULL,

    CONSTRAINT "actor_day_pkey" PRIMARY KEY ("actor_id","day","service","severity")
);

-- CreateTable
CREATE TABLE "actor_tally" (
    "actor_id" UUID NOT NULL,
    "events" BIGINT NOT NULL,
    "detections" BIGINT NOT NULL,
    "suppressed" BIGINT NOT NULL,
    "alerts" BIGINT NOT NULL,
    "open" BIGINT NOT NULL,

    CONSTRAINT "actor_tally_pkey" PRIMARY KEY ("actor_id")
);

-- CreateTable
CREATE TABLE "actor_first" (
    "actor_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "value_id" UUID NOT NULL,
    "value" TEXT NOT NULL,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "actor_first_pkey" PRIMARY KEY ("actor_id","field","value_id")
);

-- CreateTable
CREATE TABLE "alert_day" (
    "day" DATE NOT NULL,
    "id" UUID NOT NULL,
    "severity" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "rules" TEXT[],
    "accounts" TEXT[],
    "status" TEXT NOT NULL,
    "verdict" TEXT,
    "queue" TEXT NOT NULL,
    "alerts" INTEGER NOT NULL,

    CONSTRAINT "alert_day_pkey" PRIMARY KEY ("day","id")
);

-- CreateTable
CREATE TABLE "alert_day_value" (
    "field" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "value_id" UUID NOT NULL,
    "value" TEXT,
    "alerts" INTEGER NOT NULL,

    CONSTRAINT "alert_day_value_pkey" PRIMARY KEY ("field","day","value_id")
);

-- CreateIndex
CREATE INDEX "detection_actor_id_occurred_at_rule_id_score_entry_id_idx" ON "detection"("actor_id", "occurred_at", "rule_id", "score", "entry_id");

-- An event is looked for by one of these keys and time. What a log says may be longer than an index takes.
CREATE INDEX "event_operation_occurred_at_id_idx" ON "event"(left("operation", 200), "occurred_at" DESC, "id" DESC);
CREATE INDEX "event_account_occurred_at_id_idx" ON "event"(left("account", 200), "occurred_at" DESC, "id" DESC);
CREATE INDEX "event_source_ip_occurred_at_id_idx" ON "event"(left("source_ip", 200), "occurred_at" DESC, "id" DESC);

-- How long people take is asked of few alerts and few of their columns; the seconds are here because to compute them takes longest.
CREATE INDEX "alert_times_idx" ON "alert"("last_at", date_part('epoch', "acknowledged_at" - "visible_at"),
        date_part('epoch', "closed_at" - "visible_at"), date_part('epoch', "visible_at" - "first_at"))
    INCLUDE ("visible_at", "first_at", "acknowledged_at", "closed_at", "queue")
    WHERE "live" AND "visible_at" IS NOT NULL AND "reason_class" IS DISTINCT FROM 'authorised_test';

-- What is stored already: when it became visible and when a person first changed it.
UPDATE "alert" SET
    "visible_at" = CASE WHEN "queue" = 'open' OR "status" <> 'new' THEN "created_at" END,
    "acknowledged_at" = (SELECT min("at") FROM "activity" WHERE "activity"."alert_id" = "alert"."id" AND "activity"."kind" <> 'comment');

-- The numbers that are kept from now on, of what is stored already.
insert into actor_day (actor_id, day, service, severity, events, detections, suppressed)
select actor_id, (occurred_at at time zone 'UTC')::date as day, coalesce(service, '') as service, '' as severity,
  count(*)::int as events, 0 as detections, 0 as suppressed
from event where actor_id is not null group by 1, 2, 3
union all
select event.actor_id, (event.occurred_at at time zone 'UTC')::date, coalesce(event.service, ''),
  case when score >= 80 then 'critical' when score >= 60 then 'high' when score >= 40 then 'medium' when score >= 20 then 'low' when score >= 0 then 'info' end,
  0, count(*)::int, count(detection.entry_id)::int
from detection join event on event.occurred_at = detection.occurred_at and event.id = detection.event_id
where event.actor_id is not null group by 1, 2, 3, 4
order by 1, 2, 3, 4;

insert into actor_first (actor_id, field, value_id, value, first_seen)
select actor_id, field, case field when 'image' then value::uuid else md5(value)::uuid end as value_id, value, min(occurred_at) from (
  select event.actor_id, field, value, event.occurred_at
  from event cross join lateral (values ('operation', event.operation), ('account', event.account), ('region', event.region),
    ('address', event.source_ip), ('agent', event.user_agent), ('session', event.session), ('key', event.access_key)) as one (field, value)
  where event.actor_id is not null and value is not null
  union all
  select event.actor_id, 'image', event_image.image_id::text, event.occurred_at
  from event join event_image on event_image.occurred_at = event.occurred_at and event_image.event_id = event.id
  where event.actor_id is not null
) found
group by actor_id, field, value order by actor_id, field, value_id;

insert into alert_day (id, day, severity, platform, rules, accounts, status, verdict, queue, alerts)
select md5(jsonb_build_array(severity, platform, rules, accounts, status, verdict, queue)::text)::uuid, day, severity, platform, rules, accounts, status, verdict, queue, count(*)::int from (select 
(last_at at time zone 'UTC')::date as day, case when score >= 80 then 'critical' when score >= 60 then 'high' when score >= 40 then 'medium' when score >= 20 then 'low' when score >= 0 then 'info' end as severity, platform, rules, accounts, status, verdict,
queue, actor_ids from alert) one
group by day, severity, platform, rules, accounts, status, verdict, queue;

insert into alert_day_value (field, day, value_id, value, alerts)
select field, (last_at at time zone 'UTC')::date as day, case field when 'address' then md5(one)::uuid else one::uuid end as value_id,
  case field when 'address' then one end as value, count(*)::int
from alert cross join lateral (
  select 'actor' as field, unnest(actor_ids)::text as one
  union all select 'image', image_id::text where image_id is not null
  union all select 'address', unnest(source_ips)
  union all select 'entry', unnest(entry_ids)::text where queue = 'suppressed'
) valued group by 1, 2, 3, 4;

insert into actor_tally (actor_id, events, detections, suppressed, alerts, open)
select actor_id, sum(events), sum(detections), sum(suppressed), sum(alerts), sum(open) from (
  select actor_id, events, detections, suppressed, 0 as alerts, 0 as open from actor_day
  union all
  select one.id, 0, 0, 0, 1, (queue = 'open')::int from alert cross join lateral unnest(actor_ids) as one (id)
) found group by actor_id;

