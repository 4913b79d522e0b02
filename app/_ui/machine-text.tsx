import classes from "./machine-text.module.css";

const TAIL = 8;

type MachineTextProps = { text: string; whole?: string; isPlain?: boolean };

/**
 * What a machine made: cut in the middle when there is no room, so that the telling end stays; `whole` on hover.
 * `isPlain`: in the type of the words around it.
 */
export function MachineText({ text, whole = text, isPlain = false }: MachineTextProps) {
  const cut = text.length > TAIL * 2 ? wholeCharacter(text, text.length - TAIL) : text.length;
  return (
    <span className={classes.text} data-plain={isPlain ? true : undefined} title={whole}>
      <span className={classes.head}>{text.slice(0, cut)}</span>
      <span className={classes.tail}>{text.slice(cut)}</span>
    </span>
  );
}

/** Half a pair of code units would be written as another character by the server than by the browser. */
function wholeCharacter(text: string, at: number): number {
  return text.slice(0, at).isWellFormed() ? at : at - 1;
}
