import { requirePerson } from "../_access/current-person.ts";
import { readerZone } from "../_ui/zone.ts";
import { Shell } from "./_shell/shell.tsx";
import { ZoneKeeper } from "./_shell/zone-keeper.tsx";

export default async function SignedInLayout({ children }: LayoutProps<"/">) {
  const [person, zone] = await Promise.all([requirePerson(), readerZone()]);
  return (
    <Shell person={person}>
      <ZoneKeeper zone={zone} />
      {children}
    </Shell>
  );
}
