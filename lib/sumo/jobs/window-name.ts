type Named = { connectionName: string; startsAt: Date; endsAt: Date };

const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const TIME = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZone: "UTC",
});

/** What an import of a window is called, such as `Production · 24 Nov 2026 16:00–16:05 UTC`. */
export function windowName({ connectionName, startsAt, endsAt }: Named): string {
  const from = `${DAY.format(startsAt)} ${timeOf(startsAt)}`;
  const to =
    DAY.format(startsAt) === DAY.format(endsAt) ? timeOf(endsAt) : `${DAY.format(endsAt)} ${timeOf(endsAt)}`;
  return `${connectionName} · ${from}–${to} UTC`;
}

function timeOf(time: Date): string {
  return TIME.format(time).replace(/:00$/, "");
}
