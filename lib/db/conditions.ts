import { type Choice, splitChoices } from "#lib/choice.ts";
import { Prisma } from "./generated/client.ts";

type Sql = Prisma.Sql;
const { sql } = Prisma;

/** The conditions of one kind of choices. */
export type Condition = (choices: readonly Choice[]) => Sql[];

/** Whether a row's single value is one of those asked for and none of those ruled out. */
export function single(column: Sql, cast: Sql = sql`::text[]`): Condition {
  return (choices) => {
    const { wanted, unwanted } = splitChoices(choices);
    return [
      ...(wanted.length > 0 ? [sql`${column} = any(${wanted}${cast})`] : []),
      ...(unwanted.length > 0 ? [sql`(${column} = any(${unwanted}${cast})) is not true`] : []),
    ];
  };
}

/** A pattern that finds a text anywhere: `%` and `_` are characters like any other. */
export function anywhere(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
