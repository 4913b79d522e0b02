import type { Condition } from "#lib/allowlist/condition.ts";
import { countMatches, previewEntry } from "#lib/allowlist/queries/preview.ts";
import { listSuggestions } from "#lib/allowlist/queries/suggestions.ts";
import { pool } from "#lib/db/client.ts";
import { type Bench, median, timed } from "./figure.ts";

const DETECTIONS = 1_000_000;
const ALERTS = 200_000;
const ROUNDS = 5;
const BAR_MS = 2000;

/** What a preview over all history takes in a large store, from a narrow entry to one that matches everything. */
export const benchPreview: Bench = async (report) => {
  await fillStore();
  const is = (field: Condition["field"], ...values: string[]): Condition => ({
    field,
    op: "is",
    values,
    not: false,
  });
  const drafts: [name: string, conditions: Condition[]][] = [
    [
      "one actor on one image",
      [is("actor", "111122223333/role/pipeline-5"), is("image", "registry/service-5")],
    ],
    [
      "the busiest actor, a fifth of all",
      [is("actor", "111122223333/role/pipeline-0"), is("account", "111122223333")],
    ],
    [
      "a pattern over half of the images",
      [{ field: "image", op: "glob", values: ["*-1*", "*-2*"], not: false }],
    ],
    ["everything", [is("platform", "aws")]],
  ];
  for (const [name, conditions] of drafts) {
    const draft = {
      conditions,
      signals: [],
      startsAt: new Date("2025-06-01T00:00:00Z"),
      expiresAt: new Date("2026-06-01T00:00:00Z"),
    };
    const { matched } = await previewEntry(draft);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await timed(() => previewEntry(draft)));
    const value = Math.max(...times);
    const label = `preview of ${name} (${matched.detections} detections in ${matched.alerts} alerts)`;
    report({ name: label, value, unit: "ms", bar: BAR_MS, ok: value <= BAR_MS });
    const counting: number[] = [];
    for (let round = 0; round < ROUNDS; round++) counting.push(await timed(() => countMatches(conditions)));
    report({ name: `count of ${name}`, value: median(counting), unit: "ms" });
  }
  report({ name: "suggestions", value: await timed(listSuggestions), unit: "ms" });
};

/** Two years; of 3,000 actors one makes a fifth and ten make half, as in real stores. */
async function fillStore(): Promise<void> {
  const client = pool();
  await client.query(
    `insert into actor (id, platform, kind, key, name, account, first_seen, last_seen)
     select md5('actor' || n)::uuid, 'aws', 'workload', '111122223333/role/pipeline-' || n, 'role/pipeline-' || n,
       '111122223333', '2024-11-24', '2026-11-24' from generate_series(0, 2999) n`,
  );
  await client.query(
    `insert into image (id, platform, kind, key, name, account, first_seen, last_seen)
     select md5('image' || n)::uuid, 'aws', 'repository', 'registry/service-' || n, 'service-' || n,
       '111122223333', '2024-11-24', '2026-11-24' from generate_series(0, 4999) n`,
  );
  await client.query("select setseed(0.42)");
  await client.query(
    `create table drawn as select n, md5('event' || n)::uuid as event_id,
       timestamptz '2024-11-24' + (n % ${ALERTS}) * interval '5 minutes' + (n / ${ALERTS}) * interval '7 seconds' as occurred_at,
       md5('alert' || n % ${ALERTS})::uuid as alert_id,
       case when random() < 0.2 then 0 when random() < 0.4 then 1 + floor(random() * 10)::int else floor(random() * 3000)::int end as actor,
       floor(random() * 5000)::int as image, floor(random() * 100)::int as dice
     from generate_series(0, ${DETECTIONS - 1}) n`,
  );
  await client.query(
    `insert into detection (occurred_at, event_id, rule_id, alert_id, score, addends, platform, operation, outcome, actor_id,
       image_id, account, region, source_ip, address, is_external, address_class, networks, user_agent, session, access_key,
       tag, signals, live, detected_at)
     select occurred_at, event_id, case when dice < 80 then 'ecr-push' else 'aws-machine-image' end, alert_id,
       15 + dice % 5 * 15, '[]', 'aws', 'PutImage', 'success', md5('actor' || actor)::uuid, md5('image' || image)::uuid,
       '111122223333', 'eu-west-1', '10.0.0.' || dice, ('10.0.0.' || dice)::inet, false, 'private', '{AS64500}',
       'aws-cli/2.17.32', 'run', 'ASIA' || actor, '1.' || dice,
       case when dice < 2 then '{new-network}'::text[] else '{}' end, true, occurred_at
     from drawn order by occurred_at, event_id`,
  );
  await client.query(
    `insert into alert (id, family, platform, account, subject, window_start, window_end, first_at, last_at, detection_count,
       operation_count, score, current_score, outcome, actor_ids, operations, rules, regions, source_ips, address_classes,
       search, live, status, verdict)
     select alert_id, 'container-push', 'aws', '111122223333', min(image)::text, min(occurred_at), max(occurred_at),
       min(occurred_at), max(occurred_at), count(*), count(*), 40, 40, 'success', '{}', '{PutImage}', '{ecr-push}',
       '{eu-west-1}', '{}', '{private}', '', true, case when min(n) % 50 = 0 then 'closed' else 'new' end,
       case when min(n) % 1000 = 0 then 'true_positive' when min(n) % 50 = 0 then 'benign_true_positive' end
     from drawn group by alert_id`,
  );
  await client.query("drop table drawn");
  await client.query("vacuum analyze");
}
