import { TextInput } from "@mantine/core";
import { fromLocal, toLocal } from "./zone-time.ts";

type Bounds = { from: Date | undefined; to: Date | undefined };

/** The two ends of a stretch of time, written in a zone. `what`: what lies in between, when it is not plain. */
export function BetweenFields({
  bounds: { from, to },
  zone,
  what,
}: {
  bounds: Bounds;
  zone: string;
  what?: string;
}) {
  const label = (end: "From" | "To") => `${what ? `${what} ${end.toLowerCase()}` : end}, in ${zone}`;
  return (
    <>
      <TextInput
        name="from"
        type="datetime-local"
        size="xs"
        aria-label={label("From")}
        defaultValue={toLocal(from, zone)}
      />
      <TextInput
        name="to"
        type="datetime-local"
        size="xs"
        aria-label={label("To")}
        defaultValue={toLocal(to, zone)}
      />
    </>
  );
}

/** What stands in them, as a URL holds it; null where nothing does. */
export function readBetween(form: FormData, zone: string): { from: string | null; to: string | null } {
  const time = (name: "from" | "to") => fromLocal(String(form.get(name) ?? ""), zone)?.toISOString() ?? null;
  return { from: time("from"), to: time("to") };
}
