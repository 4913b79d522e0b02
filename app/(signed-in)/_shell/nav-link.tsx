"use client";

import { FileInput, Siren, Users } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "./shell.module.css";

const ICONS = { alerts: Siren, imports: FileInput, people: Users } as const;

export function NavLink({ href, label, icon }: { href: Route; label: string; icon: keyof typeof ICONS }) {
  const path = usePathname();
  const here = path === href || path.startsWith(`${href}/`);
  const Icon = ICONS[icon];
  return (
    <li>
      <Link href={href} className={classes.link} aria-current={here ? "page" : undefined} title={label}>
        <Icon size={16} aria-hidden="true" />
        <span className={classes.label}>{label}</span>
      </Link>
    </li>
  );
}
