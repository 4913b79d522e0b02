import { redirect } from "next/navigation";
import { requirePerson } from "../_access/current-person.ts";

export default async function HomePage() {
  await requirePerson();
  redirect("/alerts");
}
