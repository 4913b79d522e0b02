import type { Route } from "next";
import Link from "next/link";
import classes from "./form-header.module.css";

type Place = { name: string; href: Route };

type FormHeaderProps = {
  title: string;
  /** Where it will be listed, and what is changed. */
  path: readonly [Place, Place?];
  /** What the draft was made from. */
  about?: string | null;
};

/** Where one is while one writes something. */
export function FormHeader({ title, path: [list, changed], about = null }: FormHeaderProps) {
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link href={list.href}>{list.name}</Link>
        {changed ? (
          <>
            {" / "}
            <Link href={changed.href}>{changed.name}</Link>
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
