import Link from "next/link";
import classes from "./rules.module.css";

const TABS = [
  { name: "rules", href: "/rules", label: "All rules" },
  { name: "coverage", href: "/rules/coverage", label: "Coverage" },
] as const;

export function RulesTabs({ here }: { here: (typeof TABS)[number]["name"] }) {
  return (
    <nav className={classes.tabs} aria-label="Rules">
      {TABS.map(({ name, href, label }) => (
        <Link key={name} href={href} aria-current={name === here ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
