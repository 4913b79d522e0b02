import type { Metadata } from "next";
import Link from "next/link";
import { getOpenLink } from "#lib/access/queries.ts";
import { Doorway } from "../../_ui/doorway.tsx";
import { JoinForm } from "./_components/join-form.tsx";
import { ResetForm } from "./_components/reset-form.tsx";

export const metadata: Metadata = { title: "Welcome" };

/** Looking does not use the link up: programs that preview links look too. */
export default async function WelcomePage({ params }: PageProps<"/welcome/[token]">) {
  const { token } = await params;
  const link = await getOpenLink(token, new Date());
  if (!link) {
    return (
      <Doorway title="This link cannot be used">
        <p>It was used already, has expired, or was replaced by a newer one. Ask an admin for another.</p>
        <p className="secondary">The first admin finds a new one in the console each time Barnacle starts.</p>
        <p>
          <Link href="/sign-in">Sign in</Link>
        </p>
      </Doorway>
    );
  }
  if (link.purpose === "reset") {
    return (
      <Doorway title={`A new password for ${link.name}`}>
        <ResetForm token={token} email={link.email} />
      </Doorway>
    );
  }
  const title = link.purpose === "first-admin" ? "Welcome: set up the first admin" : "Welcome to Barnacle";
  return (
    <Doorway title={title}>
      <JoinForm token={token} role={link.role} />
    </Doorway>
  );
}
