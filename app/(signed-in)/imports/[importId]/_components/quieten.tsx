import Link from "next/link";
import { listSuggestions } from "#lib/allowlist/queries/suggestions.ts";
import { noiseSentence } from "../../../allowlist/_components/noise-sentence.ts";
import classes from "./quieten.module.css";

/** Once logs are read: who makes most of what is open, and where to quieten it. */
export async function Quieten() {
  const suggestions = await listSuggestions();
  if (suggestions.rows.length === 0) return null;
  return (
    <p className={classes.line}>
      {noiseSentence(suggestions)}. <Link href="/allowlist">Quieten them</Link>
    </p>
  );
}
