import { CircleCheck } from "lucide-react";
import type { LogSource } from "#lib/logs/normalize/event.ts";
import type { ConnectionTest } from "#lib/sumo/connection.ts";
import { LOG_WORDS } from "../../events/_components/words.ts";
import classes from "./test-result.module.css";
import { testSentences } from "./test-words.ts";

/** What a short search brought: how much there is, and how much of it can be read. */
export function TestResult({ test }: { test: ConnectionTest }) {
  return (
    <div className={classes.result} role="status">
      <CircleCheck size={16} aria-hidden="true" className={classes.icon} />
      <div className={classes.words}>
        {testSentences(test).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {test.logSources.length > 0 ? (
          <p>
            {"Seen: "}
            {test.logSources
              .map(({ name, records }) => `${wordsOf(name)} (${records.toLocaleString("en-GB")})`)
              .join(", ")}
            .
          </p>
        ) : null}
        {test.warnings.map((warning) => (
          <p key={warning}>
            Sumo Logic warns: <bdi>{warning}</bdi>
          </p>
        ))}
      </div>
    </div>
  );
}

function wordsOf(logSource: string): string {
  return LOG_WORDS[logSource as LogSource] ?? logSource;
}
