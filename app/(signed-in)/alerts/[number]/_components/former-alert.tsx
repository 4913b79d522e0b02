import { notFound } from "next/navigation";
import { alertName } from "#lib/triage/alert.ts";
import { getFormerAlert } from "#lib/triage/queries/former-alert.ts";
import { Notice } from "../../../../_ui/notice.tsx";
import { Time } from "../../../../_ui/time.tsx";

/** In place of an alert that is not there: what became of it, where there was one. */
export async function FormerAlert({ number, zone, now }: { number: string; zone: string; now: Date }) {
  const former = /^\d{1,9}$/.test(number) ? await getFormerAlert(Number(number)) : null;
  if (!former) notFound();
  return (
    <Notice title={`${alertName(former.number)} has no detections any more`}>
      Gone since <Time time={former.goneAt} zone={zone} now={now} />. <bdi>{former.why}</bdi> Nobody had
      worked on it. If its detections come back, so does it, with this number.
    </Notice>
  );
}
