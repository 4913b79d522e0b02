import { Circle, CircleCheck } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { may } from "#lib/access/permission.ts";
import type { Person } from "#lib/access/person.ts";
import { countActiveAdmins } from "#lib/access/queries.ts";
import { env } from "#lib/env.ts";
import { countImports } from "#lib/ingest/queries.ts";
import { type FirstStep, firstSteps } from "#lib/organisation/first-steps.ts";
import { areFirstStepsAway, countLists } from "#lib/organisation/queries/lists.ts";
import classes from "./first-steps.module.css";
import { PutAway } from "./put-away.tsx";

const STEP_WORDS = {
  source: {
    title: "Bring the first logs",
    why: "Upload a file, make a token for a shipper, or connect Sumo Logic.",
    href: "/sources",
  },
  networks: {
    title: "Name your networks",
    why: "Until then every address on the internet looks like a stranger's.",
    href: "/settings/networks" as Route,
  },
  accounts: {
    title: "List your accounts",
    why: "Their names stand beside their numbers, and sharing among them is no leak.",
    href: "/settings/accounts" as Route,
  },
  hours: {
    title: "Say when people work",
    why: "What a person does at night weighs more.",
    href: "/settings/hours",
  },
  admin: {
    title: "Invite a second admin",
    why: "An admin who forgets their password can be let in by another only.",
    href: "/people",
  },
} as const satisfies Record<FirstStep, { title: string; why: string; href: Route }>;

/** What is still to be done, for admins, until it is done or put away. `isAlways`: also where it was put away. */
export async function FirstSteps({ person, isAlways = false }: { person: Person; isAlways?: boolean }) {
  if (!may(person, "organisation.manage")) return null;
  const isAway = await areFirstStepsAway(person.id);
  if (isAway && !isAlways) return null;
  const [counts, admins, imports] = await Promise.all([countLists(), countActiveAdmins(), countImports()]);
  const steps = firstSteps({
    networks: counts.networks + env().networks.length,
    accounts: counts.accounts,
    hasHours: counts.hours > 0,
    hasImports: imports > 0,
    admins,
  });
  const done = steps.filter(({ isDone }) => isDone).length;
  if (done === steps.length) return null;
  return (
    <section className={classes.steps} aria-label="First steps">
      <header className={classes.head}>
        <h2>First steps</h2>
        <span className="secondary">
          {done} of {steps.length} done
        </span>
        <PutAway isAway={isAway} />
      </header>
      <ol className={classes.list}>
        {steps.map(({ step, isDone }) => {
          const { title, why, href } = STEP_WORDS[step];
          const Icon = isDone ? CircleCheck : Circle;
          return (
            <li key={step} data-done={isDone}>
              <Icon size={16} aria-hidden="true" className={classes.icon} />
              {isDone ? (
                <span>
                  {title}
                  <span className="visually-hidden"> (done)</span>
                </span>
              ) : (
                <span>
                  <Link href={href}>{title}</Link> <span className="secondary">{why}</span>
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
