import type { Route } from "next";
import Link from "next/link";
import classes from "./builder-header.module.css";

type BuilderHeaderProps = {
  title: string;
  /** What the draft was made from, or what is changed. */
  about: string | null;
  /** The entry that is changed, above the title. */
  entry?: { name: string; href: Route };
};

/** Where one is while one writes an entry. */
export function BuilderHeader({ title, about, entry }: BuilderHeaderProps) {
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link href="/allowlist">Allowlist</Link>
        {entry ? (
          <>
            {" / "}
            <Link href={entry.href}>{entry.name}</Link>
          </>
        ) : null}
      </nav>
      <div className={classes.line}>
        <h1 className={classes.title}>{title}</h1>
        {about === null ? null : <span className="secondary">{about}</span>}
      </div>
    </header>
  );
}
