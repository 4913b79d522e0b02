import type { ReactNode } from "react";
import classes from "./section.module.css";

type SectionFrameProps = { id: string; title: string; about: string | null; children: ReactNode };

/** A part of the page with its title, and a sentence of what it holds. */
export function SectionFrame({ id, title, about, children }: SectionFrameProps) {
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id} className={classes.title}>
        {title}
      </h2>
      {about ? <p className={classes.about}>{about}</p> : null}
      {children}
    </section>
  );
}
