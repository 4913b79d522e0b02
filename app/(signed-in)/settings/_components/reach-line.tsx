import type { Route } from "next";
import Link from "next/link";
import { getReach } from "#lib/ingest/queries/reach.ts";
import type { Reach } from "#lib/ingest/reach.ts";
import { KeepFresh } from "../../sources/_components/keep-fresh.tsx";
import { FollowButton } from "./follow-button.tsx";
import classes from "./settings.module.css";

/** Whether what is stored follows the settings, or how far it has come. Says nothing where nothing was ever to follow. */
export async function ReachLine({ mayManage }: { mayManage: boolean }) {
  const reach = await getReach();
  if (reach.state === "reached" && reach.run === null) return null;
  return (
    <div className={classes.reach} role="status">
      <span>{reachSentence(reach)}</span>
      {reach.run ? (
        <Link href={`/imports/replays/${reach.run.id}` as Route}>
          {reach.state === "reached" ? "See what it changed" : "Open the replay"}
        </Link>
      ) : null}
      {reach.state === "behind" && mayManage ? <FollowButton /> : null}
      {reach.state === "waiting" || reach.state === "running" ? <KeepFresh everyMs={3000} /> : null}
    </div>
  );
}

function reachSentence({ state, run }: Reach): string {
  if (state === "reached") return "All stored events and alerts follow these settings.";
  if (state === "waiting")
    return "What comes in follows the last change already. What is stored will follow in a few seconds.";
  if (state === "behind")
    return "What is stored does not follow the last change: the replay that was to bring it there was broken off.";
  const total = run?.total ?? null;
  if (!run || total === null || total === 0) return "What is stored is about to follow the last change.";
  const percent = Math.floor((100 * run.done) / total);
  const [done, all] = [run.done, total].map((count) => count.toLocaleString("en-GB"));
  return `What is stored follows the last change: ${percent} %, ${done} of ${all} records.`;
}
