import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { benignClass } from "../benign-class.ts";
import type { Field, Op } from "../condition.ts";
import type { ReasonClass } from "../entry.ts";

const { sql, join } = Prisma;

/** A value that stands in what a draft is made from, with how many stored detections have it. */
export type OfferedValue = { value: string; words: string; detections: number };
/** `chosen`: the values with which the draft begins; none: the field is offered, and not asked for. */
export type Offer = { field: Field; op: Op; values: OfferedValue[]; chosen: string[] };
export type DraftOffer = { title: string; reasonClass: ReasonClass; reason: string; offers: Offer[] };

/** Of an actor who works on more, an entry does not ask for single ones. */
const MOST_IMAGES = 4;
/** More values of a field are not offered: an entry that needs them is better written with a pattern. */
const OFFERED = 20;

/** A draft that covers an alert's detections. Null when there is no such alert. */
export async function offerFromAlert(alertNumber: number): Promise<DraftOffer | null> {
  const alert = await db().alert.findFirst({ where: { number: alertNumber }, select: { id: true } });
  return alert
    ? await offer(sql`detection.alert_id = ${alert.id}::uuid`, `as in ALR-${alertNumber}`, () => true)
    : null;
}

/**
 * A draft that covers what an actor does. Null when it has done nothing. An actor who makes machine images makes new ones each
 * time, and one who works on many repositories works on others tomorrow: to ask for those of today would expect nothing.
 */
export async function offerFromActor(actorId: string): Promise<DraftOffer | null> {
  return await offer(
    sql`detection.actor_id = ${actorId}::uuid and detection.entry_id is null`,
    "",
    (images) => {
      return images.length <= MOST_IMAGES && images.every(({ lasting }) => lasting);
    },
  );
}

/** Where each field's value stands, and whether a draft asks for it from the start. */
const OFFERS: readonly { field: Field; op: Op; value: Prisma.Sql; words?: Prisma.Sql; chosen: boolean }[] = [
  { field: "actor", op: "is", value: sql`actor.key`, words: sql`actor.name`, chosen: true },
  { field: "image", op: "is", value: sql`image.key`, words: sql`image.name`, chosen: true },
  { field: "operation", op: "is", value: sql`detection.operation`, chosen: true },
  { field: "account", op: "is", value: sql`detection.account`, chosen: true },
  { field: "region", op: "is", value: sql`detection.region`, chosen: false },
  { field: "rule", op: "is", value: sql`detection.rule_id`, chosen: false },
  { field: "tag", op: "is", value: sql`detection.tag`, chosen: false },
  { field: "session", op: "is", value: sql`detection.session`, chosen: false },
  { field: "accessKey", op: "is", value: sql`detection.access_key`, chosen: false },
  { field: "address", op: "cidr", value: sql`host(detection.address)`, chosen: false },
  { field: "userAgent", op: "is", value: sql`detection.user_agent`, chosen: false },
  { field: "outcome", op: "is", value: sql`detection.outcome`, chosen: false },
];

const rowsSchema = z.array(
  z.object({
    field: z.string(),
    value: z.string(),
    words: z.string(),
    detections: z.int(),
    /** Whether it is worked on again and again, as a repository is. */
    lasting: z.boolean(),
  }),
);

async function offer(
  where: Prisma.Sql,
  suffix: string,
  asksForImages: (images: readonly { lasting: boolean }[]) => boolean,
): Promise<DraftOffer | null> {
  const selects = OFFERS.map(
    ({ field, value, words }) => sql`(
      select ${field}::text as field, ${value}::text as value, min(${words ?? value})::text as words, count(*)::int as detections,
        ${field === "image" ? sql`bool_and(image.kind = 'repository')` : sql`true`} as lasting
      from detection left join actor on actor.id = detection.actor_id left join image on image.id = detection.image_id
      where ${where} and ${value} is not null
      group by ${value} order by detections desc, value limit ${OFFERED}
    )`,
  );
  const rows = rowsSchema.parse(await db().$queryRaw<unknown[]>`${join(selects, " union all ")}`);
  if (rows.length === 0) return null;
  const valuesOf = (wanted: Field) =>
    rows
      .filter(({ field }) => field === wanted)
      .map(({ value, words, detections }) => ({ value, words, detections }));
  const namesImages = asksForImages(rows.filter(({ field }) => field === "image"));
  const offers = OFFERS.flatMap(({ field, op, chosen }): Offer[] => {
    const values = valuesOf(field);
    const isChosen = chosen && (field !== "image" || namesImages);
    return values.length === 0
      ? []
      : [{ field, op, values, chosen: isChosen ? values.map(({ value }) => value) : [] }];
  });
  const [actor] = valuesOf("actor");
  const images = valuesOf("image");
  const reasonClass = benignClass({
    name: actor?.words ?? "",
    operations: valuesOf("operation").map(({ value }) => value),
    userAgents: valuesOf("userAgent").map(({ value }) => value),
    sessions: valuesOf("session").map(({ value }) => value),
    imageCount: images.length,
    detections: actor?.detections ?? 0,
  });
  return { title: titleOf(actor?.words, images, suffix), reasonClass, reason: "", offers };
}

function titleOf(actor: string | undefined, images: readonly OfferedValue[], suffix: string): string {
  const [image] = images;
  const what = image
    ? images.length === 1
      ? image.words
      : `${image.words} and ${images.length - 1} more`
    : "images";
  return [`${actor ?? "Somebody"} works on ${what}`, suffix].filter(Boolean).join(", ").slice(0, 200);
}
