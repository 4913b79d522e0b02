import type { Metadata } from "next";
import Link from "next/link";
import { listTokens, MOST_TOKENS_LISTED } from "#lib/access/queries/tokens.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { FormHeader } from "../../../_ui/form-header.tsx";
import { Notice } from "../../../_ui/notice.tsx";
import { readerZone } from "../../../_ui/zone.ts";
import { LinkButton } from "../../allowlist/_components/link-button.tsx";
import classes from "./_components/tokens.module.css";
import { TokensTable } from "./_components/tokens-table.tsx";

export const metadata: Metadata = { title: "Tokens" };

export default async function TokensPage() {
  await requirePermission("tokens.manage");
  const [tokens, zone] = await Promise.all([listTokens(), readerZone()]);
  return (
    <>
      <FormHeader title="Tokens" path={[{ name: "Sources", href: "/sources" }]} />
      <div className={classes.about}>
        <p>
          With a token a shipper or a registry delivers logs by itself, and can do nothing else. What each
          delivery brought is among the <Link href="/imports">imports</Link>.
        </p>
        <LinkButton href="/sources/tokens/new" size="xs" isPrimary>
          Make a token
        </LinkButton>
      </div>
      {tokens.length === 0 ? (
        <Notice title="No token has been made yet">
          Make one for each program that delivers: what it brings is told by its token, and one can be revoked
          without the others.
        </Notice>
      ) : (
        <TokensTable
          tokens={tokens}
          zone={zone}
          now={new Date()}
          isCut={tokens.length === MOST_TOKENS_LISTED}
        />
      )}
    </>
  );
}
