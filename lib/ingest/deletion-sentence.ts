import type { DeletionPreview } from "./queries/deletion.ts";

/** Says what a deletion would delete, or has deleted, and what stays. */
export function deletionSentence(counts: DeletionPreview, when: "would" | "did"): string {
  const gone = [
    named(counts.events, "event"),
    named(counts.detections, "detection"),
    named(counts.alertsDeleted, "alert"),
    named(counts.rejected, "rejected record"),
  ].filter((text) => text !== null);
  const deleted =
    gone.length === 0
      ? when === "would"
        ? "Nothing would be deleted but the import itself."
        : "Nothing was deleted but the import itself."
      : `${when === "would" ? "This would delete" : "Deleted:"} ${list(gone)}.`;
  const stays = [
    counts.handedOver > 0
      ? `${named(counts.handedOver, "event")} that another import delivered too ${counts.handedOver === 1 ? "stays" : "stay"}`
      : null,
    counts.alertsKept > 0
      ? `${named(counts.alertsKept, "alert")} that people worked on ${counts.alertsKept === 1 ? "stays, and its history says" : "stay, and their histories say"} what is gone`
      : null,
  ].filter((text) => text !== null);
  return stays.length === 0 ? deleted : `${deleted} ${capital(list(stays))}.`;
}

function named(count: number, noun: string): string | null {
  return count === 0 ? null : `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;
}

function list(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
