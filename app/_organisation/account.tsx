import { AccountName } from "../_ui/account-name.tsx";
import { currentOrganisation } from "./names.ts";

/** An account with its name, where the server renders it. */
export async function Account({ account, isWhole = false }: { account: string; isWhole?: boolean }) {
  const organisation = await currentOrganisation();
  return <AccountName account={account} name={organisation.nameOfId(account)} isWhole={isWhole} />;
}
