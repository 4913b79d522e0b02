import pg from "pg";

/**
 * What the schema `public` of a database consists of, a line each, sorted: two databases are built alike when their
 * lists are equal. Prisma's own history is left out.
 */
export async function describeCatalog(connectionString: string): Promise<string[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(CATALOG);
    return rows.map((row) => row.line);
  } finally {
    await client.end();
  }
}

const CATALOG = `
  with ours as (
    select oid, relname, relkind from pg_class
    where relnamespace = 'public'::regnamespace and relname not like '\\_prisma\\_migrations%'
  )
  select line from (
    select format('%s %s', case relkind when 'r' then 'table' when 'S' then 'sequence' else format('relation %s', relkind) end, relname)
      from ours where relkind not in ('i', 'I')
    union all
    select format('column %s.%s %s%s%s', relname, attname, format_type(atttypid, atttypmod),
        case when attnotnull then ' not null' else '' end,
        coalesce(' default ' || pg_get_expr(adbin, adrelid), ''))
      from ours join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where relkind in ('r', 'p', 'v', 'm')
    union all
    select 'index ' || pg_get_indexdef(oid) from ours where relkind in ('i', 'I')
    union all
    select format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid))
      from ours join pg_constraint on conrelid = ours.oid
    union all
    select format('type %s %s', typname, (select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = pg_type.oid))
      from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e'
    union all
    select format('trigger %s.%s %s', relname, tgname, pg_get_triggerdef(pg_trigger.oid))
      from ours join pg_trigger on tgrelid = ours.oid where not tgisinternal
    union all
    select 'extension ' || extname from pg_extension
  ) as described (line)
  order by line collate "C"`;
