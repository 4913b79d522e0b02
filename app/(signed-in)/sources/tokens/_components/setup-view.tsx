import { TOKEN_PLACES, type TokenKind } from "#lib/access/token-kind.ts";
import { Snippet } from "../../../../_ui/snippet.tsx";
import { setupOf, TOKEN_PLACE } from "./setups.ts";
import classes from "./tokens.module.css";
import { SENDER_WORDS } from "./words.ts";

type SetupViewProps = {
  kind: TokenKind;
  /** Our address. */
  base: string;
  /** Null: there is none yet. */
  token: string | null;
};

/** How the chosen sender is set up, with the token in its place once there is one. */
export function SetupView({ kind, base, token }: SetupViewProps) {
  const { steps, snippets } = setupOf(kind, base, token ?? TOKEN_PLACE);
  const isInTheClear = /^http:\/\/(?!localhost\b|127\.0\.0\.1\b|\[::1\])/.test(base);
  return (
    <>
      <h2>{SENDER_WORDS[kind]}</h2>
      {steps.map((step) => (
        <p key={step}>{step}</p>
      ))}
      {TOKEN_PLACES[kind] === "path" ? (
        <p className={classes.warning}>
          This sender cannot be relied on to send a header, so the token stands in the address. Whoever reads
          the address, in the sender's settings or in the log of a proxy on the way, can deliver in the name
          of this source until the token is revoked. They can read nothing with it.
        </p>
      ) : null}
      {isInTheClear ? (
        <p className={classes.warning}>
          This address is not encrypted: everybody on the way can read the token. Put Barnacle behind HTTPS
          and set <code>BARNACLE_URL</code>.
        </p>
      ) : null}
      {snippets.map(({ title, text }) => (
        <Snippet key={title} title={title} text={text} copyLabel={`Copy for ${title}`} />
      ))}
    </>
  );
}
