import { type Addend, addendOf, spanOf } from "./points.ts";

/** What is stored around an alert. */
export type Story = {
  isGuardLowered: boolean;
  /** When the image was first started or pulled, and when it was worked on last before that. */
  use: { workedAt: Date; usedAt: Date } | null;
};

/** What the whole story adds to the score of an alert's worst detection. */
export function storyAddends({ isGuardLowered, use }: Story): Addend[] {
  const found: Addend[] = [];
  if (isGuardLowered) found.push(addendOf("guard-lowered"));
  if (use) found.push(addendOf("image-used", { ago: spanOf(use.usedAt.getTime() - use.workedAt.getTime()) }));
  return found;
}
