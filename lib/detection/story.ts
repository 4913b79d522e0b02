import { type Addend, addendOf, spanOf } from "./points.ts";

/** What is stored around an alert. */
export type Story = {
  isGuardLowered: boolean;
  /** When the image was first worked on, and when it was then first started or pulled. */
  worked: { first: Date; usedAt: Date } | null;
};

/** What the whole story adds to the score of an alert's worst detection. */
export function storyAddends({ isGuardLowered, worked }: Story): Addend[] {
  const found: Addend[] = [];
  if (isGuardLowered) found.push(addendOf("guard-lowered"));
  if (worked) {
    const ago = spanOf(worked.usedAt.getTime() - worked.first.getTime());
    found.push(addendOf("image-used", { ago }));
  }
  return found;
}
