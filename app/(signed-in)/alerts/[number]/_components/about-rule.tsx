import Link from "next/link";
import { findRule } from "#lib/detection/rules.ts";
import { getRuleSettings } from "#lib/rules/queries/in-force.ts";
import { AS_SHIPPED, isSameSetting } from "#lib/rules/setting.ts";
import { settingWords } from "../../../rules/_components/words.ts";
import { ruleHref } from "../../../rules/search-params.ts";
import classes from "./about-rule.module.css";

/** Why a rule looks for this, what harmless work looks the same, and whether it is set otherwise than it ships. */
export async function AboutRule({ id }: { id: string }) {
  const rule = findRule(id);
  if (!rule) return null;
  const setting = (await getRuleSettings()).get(id) ?? AS_SHIPPED;
  return (
    <section>
      <h2>
        <Link href={ruleHref(id)} prefetch={false}>
          {rule.title}
        </Link>
      </h2>
      {isSameSetting(setting, AS_SHIPPED) ? null : (
        <p className={classes.why}>
          This rule is <strong>{settingWords(setting, rule)}</strong>.
        </p>
      )}
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
