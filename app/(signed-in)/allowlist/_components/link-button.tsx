"use client";

import { Button } from "@mantine/core";
import type { Route } from "next";
import Link from "next/link";
import classes from "./link-button.module.css";

type LinkButtonProps = {
  href: Route;
  children: string;
  size: "xs" | "compact-xs";
  /** What it is called where several say the same. */
  label?: string;
  isPrimary?: boolean;
};

/** A link that is the thing to do. */
export function LinkButton({ href, children, size, label, isPrimary = false }: LinkButtonProps) {
  return (
    <Button
      component={Link}
      href={href}
      size={size}
      variant={isPrimary ? "filled" : "default"}
      className={classes.button}
      prefetch={false}
      {...(label !== undefined && { "aria-label": label })}
    >
      {children}
    </Button>
  );
}
