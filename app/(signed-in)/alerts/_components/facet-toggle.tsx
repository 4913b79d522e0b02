"use client";

import { Button } from "@mantine/core";
import { ListFilter } from "lucide-react";
import { createContext, type ReactNode, use, useState } from "react";

const FacetContext = createContext<{ open: boolean; toggle: () => void } | null>(null);

/** Whether the facets are open, where there is no room to show them always. */
export function FacetSwitch({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return <FacetContext value={{ open, toggle: () => setOpen(!open) }}>{children}</FacetContext>;
}

export function useFacetSwitch() {
  const facets = use(FacetContext);
  if (!facets) throw new Error("Only the parts of the queue's page may ask for it.");
  return facets;
}

export function FacetToggle({ className }: { className: string | undefined }) {
  const { open, toggle } = useFacetSwitch();
  return (
    <Button
      {...(className && { className })}
      size="xs"
      variant="default"
      leftSection={<ListFilter size={14} aria-hidden="true" />}
      aria-expanded={open}
      aria-controls="facets"
      onClick={toggle}
    >
      Filters
    </Button>
  );
}
