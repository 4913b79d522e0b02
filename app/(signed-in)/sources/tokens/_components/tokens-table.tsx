import type { TokenRow } from "#lib/access/queries/tokens.ts";
import lines from "../../../../_ui/table.module.css";
import { formatAgo, formatUtc, Time } from "../../../../_ui/time.tsx";
import { RevokeToken } from "./revoke-token.tsx";
import classes from "./tokens.module.css";
import { SHORT_SENDER_WORDS } from "./words.ts";

type TokensTableProps = {
  tokens: TokenRow[];
  zone: string;
  now: Date;
  /** There are more, revoked before these. */
  isCut: boolean;
};

/** Every token, by what is kept of it. */
export function TokensTable({ tokens, zone, now, isCut }: TokensTableProps) {
  return (
    <div className={lines.scroll}>
      <table className={`${lines.table} ${classes.table}`}>
        <caption className="visually-hidden">Tokens, times in {zone}</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Source</th>
            <th scope="col">Who delivers</th>
            <th scope="col">Token</th>
            <th scope="col">Last used</th>
            <th scope="col">Made by</th>
            <th scope="col">Made · {zone}</th>
            <th scope="col">
              <span className="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <Row key={token.id} token={token} zone={zone} now={now} />
          ))}
        </tbody>
      </table>
      {isCut ? <p className={classes.rest}>Tokens that were revoked before these are not listed.</p> : null}
    </div>
  );
}

function Row({ token, zone, now }: { token: TokenRow; zone: string; now: Date }) {
  const { id, name, source, kind, tokenEnd, lastUsedAt, createdBy, createdAt, revokedAt, revokedBy } = token;
  return (
    <tr data-revoked={revokedAt !== null}>
      <td title={name}>{name}</td>
      <td title={source}>{source}</td>
      <td>{SHORT_SENDER_WORDS[kind]}</td>
      <td className="mono" title={`It begins with bcl_ and ends in ${tokenEnd}`}>
        bcl_…{tokenEnd}
      </td>
      <td title={lastUsedAt ? `${formatUtc(lastUsedAt)}, to five minutes` : undefined}>
        {lastUsedAt ? formatAgo(lastUsedAt, now) : <span className="secondary">never</span>}
      </td>
      <td title={createdBy}>{createdBy}</td>
      <td>
        <Time time={createdAt} zone={zone} now={now} />
      </td>
      <td className={classes.actions}>
        {revokedAt ? (
          <span title={formatUtc(revokedAt)}>
            revoked {formatAgo(revokedAt, now)} by {revokedBy}
          </span>
        ) : (
          <RevokeToken tokenId={id} name={name} />
        )}
      </td>
    </tr>
  );
}
