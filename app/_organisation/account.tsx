import { AccountName } from "../_ui/account-name.tsx";
import { currentOrganisation } from "./names.ts";

/** An account with its name, where the server renders it. `isWhole`: with all that is said of it. */
export async function Account({ account, isWhole = false }: { account: string; isWhole?: boolean }) {
  const organisation = await currentOrganisation();
  const known = organisation.accountOfId(account);
  const about = [
    known?.owner ? `owner ${known.owner}` : null,
    known && known.importance !== "normal" ? `${known.importance} importance` : null,
    known?.isOwn === false ? "not own" : null,
  ].filter((part) => part !== null);
  return (
    <>
      <AccountName account={account} name={known?.name} isWhole={isWhole} />
      {isWhole && about.length > 0 ? (
        <>
          {" "}
          <span className="secondary">
            <bdi>{about.join(", ")}</bdi>
          </span>
        </>
      ) : null}
    </>
  );
}

/** What an application is called, and whose it is, behind its id; nothing where nobody has said. */
export async function ApplicationName({ id }: { id: string }) {
  const known = (await currentOrganisation()).applicationOfId(id);
  if (!known) return null;
  return (
    <>
      {" "}
      <span className="secondary" title={known.owner ? `owner ${known.owner}` : undefined}>
        <bdi>{known.name}</bdi>
      </span>
    </>
  );
}
