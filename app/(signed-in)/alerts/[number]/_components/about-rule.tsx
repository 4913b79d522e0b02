import { findRule } from "#lib/detection/rules.ts";
import classes from "./about-rule.module.css";

/** Why a rule looks for this, and what harmless work looks the same. */
export function AboutRule({ id }: { id: string }) {
  const rule = findRule(id);
  if (!rule) return null;
  return (
    <section>
      <h2>{rule.title}</h2>
      <p className={classes.why}>{rule.why}</p>
      <h3 className={classes.name}>When it fires</h3>
      <p className={classes.why}>{rule.logic}</p>
      <h3 className={classes.name}>Known false positives</h3>
      <ul className={classes.list}>
        {rule.falsePositives.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <h3 className={classes.name}>References</h3>
      <ul className={classes.list}>
        {rule.references.map((url) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer">
              {new URL(url).hostname.replace(/^www\./, "")}
            </a>
          </li>
        ))}
        <li>MITRE ATT&amp;CK {rule.technique}</li>
      </ul>
    </section>
  );
}
