import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentPerson } from "../_access/current-person.ts";
import { Doorway } from "../_ui/doorway.tsx";
import { SignInForm } from "./_components/sign-in-form.tsx";
import { readDestination } from "./destination.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const destination = readDestination((await searchParams).to);
  if (await currentPerson()) redirect(destination);
  return (
    <Doorway title="Sign in to Barnacle">
      <SignInForm destination={destination} />
    </Doorway>
  );
}
