"use client";

import { MantineProvider } from "@mantine/core";
import { setNonce } from "get-nonce";
import { type ReactNode, useState } from "react";
import { theme } from "../theme.ts";

/**
 * Mantine with our theme, its style elements marked with the page's nonce. The browser knows the nonce of the response that
 * it loaded the page from: a refresh renders the layout again with another, which it would refuse.
 */
export function Mantine({ nonce: given, children }: { nonce: string; children: ReactNode }) {
  const [nonce] = useState(given);
  // The lock on scrolling behind a dialog, which Mantine takes from elsewhere, adds a style element of its own.
  setNonce(nonce);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      {children}
    </MantineProvider>
  );
}
