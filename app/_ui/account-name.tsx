import classes from "./account-name.module.css";
import { MachineText } from "./machine-text.tsx";

type AccountNameProps = {
  account: string;
  /** What people call it; nothing where nobody has said. */
  name: string | null | undefined;
  /** On a page about one thing: both whole, over as many lines as it takes. */
  isWhole?: boolean;
};

/** The number of an account, behind what people call it; both whole on hover. */
export function AccountName({ account, name, isWhole = false }: AccountNameProps) {
  if (isWhole)
    return (
      <span className={classes.whole}>
        {name ? <bdi>{name}</bdi> : null} <bdi className="mono">{account}</bdi>
      </span>
    );
  if (!name) return <MachineText text={account} />;
  return (
    <span className={classes.account} title={accountWords(account, name)} data-named>
      <bdi className={classes.name}>{name}</bdi>
      <span className={classes.number}>
        <MachineText text={account} />
      </span>
    </span>
  );
}

/** The same where there is room for text alone: `payments (123456789012)`. */
export function accountWords(account: string, name: string | null | undefined): string {
  return name ? `${name} (${account})` : account;
}
