-- CreateTable
CREATE TABLE "alert_year" (
    "year" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "value_id" UUID NOT NULL,
    "kind" UUID NOT NULL,
    "jan" INTEGER NOT NULL,
    "feb" INTEGER NOT NULL,
    "mar" INTEGER NOT NULL,
    "apr" INTEGER NOT NULL,
    "may" INTEGER NOT NULL,
    "jun" INTEGER NOT NULL,
    "jul" INTEGER NOT NULL,
    "aug" INTEGER NOT NULL,
    "sep" INTEGER NOT NULL,
    "oct" INTEGER NOT NULL,
    "nov" INTEGER NOT NULL,
    "dec" INTEGER NOT NULL,
    "value" TEXT,
    "platform" TEXT NOT NULL,
    "rules" TEXT[],

    CONSTRAINT "alert_year_pkey" PRIMARY KEY ("year","field","value_id","kind")
);

-- What was kept by month. Of the months that retention has gone over nobody knows the kinds any more.
insert into alert_year (year, field, value_id, kind, value, platform, rules, jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec)
select year, field, value_id, md5(jsonb_build_array(platform, rules)::text)::uuid as kind, value, platform, rules,
  coalesce(sum(alerts) filter (where month = 1), 0)::int,
  coalesce(sum(alerts) filter (where month = 2), 0)::int,
  coalesce(sum(alerts) filter (where month = 3), 0)::int,
  coalesce(sum(alerts) filter (where month = 4), 0)::int,
  coalesce(sum(alerts) filter (where month = 5), 0)::int,
  coalesce(sum(alerts) filter (where month = 6), 0)::int,
  coalesce(sum(alerts) filter (where month = 7), 0)::int,
  coalesce(sum(alerts) filter (where month = 8), 0)::int,
  coalesce(sum(alerts) filter (where month = 9), 0)::int,
  coalesce(sum(alerts) filter (where month = 10), 0)::int,
  coalesce(sum(alerts) filter (where month = 11), 0)::int,
  coalesce(sum(alerts) filter (where month = 12), 0)::int
from (
  select extract(year from month)::int as year, extract(month from month)::int as month, field, value_id, value,
    '' as platform, '{}'::text[] as rules, alerts
  from alert_month
  where month <= coalesce((select max(alerts_before) from retention_run), '-infinity')::date
  union all
  select extract(year from day)::int, extract(month from day)::int, field,
    case field when 'address' then md5(one)::uuid else one::uuid end, case field when 'address' then one end, platform, rules, 1
  from (select *, last_at at time zone 'UTC' as day from alert) alert cross join lateral (
    select 'actor' as field, unnest(actor_ids)::text as one
    union all select 'image', image_id::text where image_id is not null
    union all select 'address', unnest(source_ips)
    union all select 'entry', unnest(entry_ids)::text where queue = 'suppressed'
  ) listed
  where date_trunc('month', day)::date > coalesce((select max(alerts_before) from retention_run), '-infinity')::date
) monthly
group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4;

-- DropTable
DROP TABLE "alert_month";

-- The times of alerts that some rules, platforms, severities or verdicts have are read from the index alone too. The rules of an
-- alert are few and of our naming, so that they fit.
DROP INDEX "alert_times_idx";
CREATE INDEX "alert_times_idx" ON "alert"("last_at", date_part('epoch', "acknowledged_at" - "visible_at"),
        date_part('epoch', "closed_at" - "visible_at"), date_part('epoch', "visible_at" - "first_at"))
    INCLUDE ("visible_at", "first_at", "acknowledged_at", "closed_at", "queue", "score", "platform", "status", "verdict", "rules")
    WHERE "live" AND "visible_at" IS NOT NULL AND "reason_class" IS DISTINCT FROM 'authorised_test';
