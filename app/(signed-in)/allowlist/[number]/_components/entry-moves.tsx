"use client";

import { Button, Group } from "@mantine/core";
import type { Route } from "next";
import { useState } from "react";
import { NARROW_SENTENCE } from "../../_components/failures.ts";
import { LinkButton } from "../../_components/link-button.tsx";
import { MOVE_WORDS } from "../../_components/words.ts";
import type { OfferedMove } from "../moves.ts";
import { MoveDialog } from "./move-dialog.tsx";

type EntryMovesProps = {
  seen: { id: string; revision: number };
  number: number;
  moves: OfferedMove[];
  canChange: boolean;
};

/** What can be done with the entry, by whoever looks at it. */
export function EntryMoves({ seen, number, moves, canChange }: EntryMovesProps) {
  const [chosen, setChosen] = useState<OfferedMove | null>(null);
  return (
    <>
      <Group gap="xs">
        {canChange ? (
          <LinkButton href={`/allowlist/${number}/change` as Route} size="xs">
            Change
          </LinkButton>
        ) : null}
        {moves.map((offered) => (
          <Button
            key={offered.move}
            size="xs"
            variant="default"
            disabled={offered.isTooWide}
            title={offered.isTooWide ? NARROW_SENTENCE : undefined}
            onClick={() => setChosen(offered)}
          >
            {MOVE_WORDS[offered.move]}
          </Button>
        ))}
      </Group>
      <MoveDialog key={chosen?.move} seen={seen} offered={chosen} close={() => setChosen(null)} />
    </>
  );
}
