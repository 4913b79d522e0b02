import type { Route } from "next";
import Link from "next/link";
import type { Client, ClientBehind } from "#lib/events/client.ts";
import { encodeEventKey } from "#lib/events/event-key.ts";
import { AddressPlace } from "../../../_addresses/address-place.tsx";
import { Copyable } from "../../../_ui/copy-value.tsx";
import { Time } from "../../../_ui/time.tsx";
import classes from "./inferred-client.module.css";

type ClientBehindProps = { behind: ClientBehind; hasKey: boolean; zone: string; now: Date };

/** Who stands behind "AWS Internal", with the logins that say so; what is inferred is said to be. */
export function ClientBehindInternal({ behind, hasKey, ...when }: ClientBehindProps) {
  switch (behind.kind) {
    case "unknown":
      return (
        <span className="secondary">
          {hasKey
            ? "Not known: in the 12 hours before, for which a token lives, none was fetched with this access key, as far as is stored."
            : "Not known: the record names no access key by which the fetching of the token could be found."}
        </span>
      );
    case "inferred":
      return (
        <>
          <span className="secondary">Inferred from where its access key fetched the token:</span>
          <ul className={classes.clients}>
            <OneClient client={behind.client} {...when} />
          </ul>
        </>
      );
    case "ambiguous":
      return (
        <>
          <span className="secondary">
            Ambiguous: {behind.isPart ? "at least " : ""}
            {behind.clients.length} clients fetched tokens with its access key in the 12 hours before, and any
            may have used them:
          </span>
          <ul className={classes.clients}>
            {behind.clients.map((client) => (
              <OneClient key={`${client.address} ${client.userAgent}`} client={client} {...when} />
            ))}
          </ul>
        </>
      );
  }
}

function OneClient({ client, zone, now }: { client: Client; zone: string; now: Date }) {
  const { address, network, userAgent, login } = client;
  return (
    <li>
      <Copyable value={address} label={`Copy address ${address}`}>
        <bdi className="mono">{address}</bdi>
      </Copyable>{" "}
      <AddressPlace address={address} isCountryOnly />
      {network ? (
        <span className={classes.about}>
          <bdi>{network.name ?? network.key}</bdi>
          {network.name ? <span className="secondary"> {network.key}</span> : null}
        </span>
      ) : null}
      {userAgent ? <bdi className={`mono ${classes.about}`}>{userAgent}</bdi> : null}
      <Link
        href={`/events?${new URLSearchParams({ event: encodeEventKey(login) })}` as Route}
        className={classes.about}
        prefetch={false}
      >
        GetAuthorizationToken <Time time={login.occurredAt} zone={zone} now={now} />
      </Link>
    </li>
  );
}
