import type { Route } from "next";
import Link from "next/link";
import classes from "../_components/connection-header.module.css";

type FormHeaderProps = { title: string; connection?: { name: string; href: Route } };

/** Where one is while one writes a connection. */
export function FormHeader({ title, connection }: FormHeaderProps) {
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link href="/sources">Sources</Link>
        {connection ? (
          <>
            {" / "}
            <Link href={connection.href}>{connection.name}</Link>
          </>
        ) : null}
      </nav>
      <h1 className={classes.name}>{title}</h1>
    </header>
  );
}
