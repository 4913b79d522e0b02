import { listWatchItems, type WatchRow } from "#lib/allowlist/queries/entry.ts";
import { MachineText } from "../../../_ui/machine-text.tsx";
import lines from "../../../_ui/table.module.css";
import { Time } from "../../../_ui/time.tsx";
import { AddWatchItem } from "./add-watch-item.tsx";
import { RemoveWatchItem } from "./remove-watch-item.tsx";
import classes from "./watch-list.module.css";
import { WATCH_FIELD_WORDS } from "./words.ts";

type WatchListProps = { mayManage: boolean; zone: string; now: Date };

/** What is to be seen whatever the allowlist says. */
export async function WatchList({ mayManage, zone, now }: WatchListProps) {
  const items = await listWatchItems();
  return (
    <section className={classes.section} aria-label="Watch list">
      <header className={classes.header}>
        <h2>Watch list</h2>
        {mayManage ? <AddWatchItem /> : null}
      </header>
      <p className={classes.about}>
        Whatever is about one of these breaks through every entry that does not expressly swallow “on the
        watch list”.
      </p>
      {items.length === 0 ? (
        <p className={classes.none}>Nothing is watched for{mayManage ? "." : "; admins can add to it."}</p>
      ) : (
        <div className={lines.scroll}>
          <table className={`${lines.table} ${classes.table}`}>
            <caption className="visually-hidden">Watch list, times in {zone}</caption>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Value</th>
                <th scope="col">Why</th>
                <th scope="col">By</th>
                <th scope="col">Since · {zone}</th>
                {mayManage ? (
                  <th scope="col">
                    <span className="visually-hidden">Actions</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Row key={item.id} item={item} mayManage={mayManage} zone={zone} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ item, mayManage, zone, now }: WatchListProps & { item: WatchRow }) {
  return (
    <tr>
      <td>{WATCH_FIELD_WORDS[item.field]}</td>
      <td className={classes.value}>
        <MachineText text={item.value} />
      </td>
      <td className={classes.reason} title={item.reason}>
        {item.reason}
      </td>
      <td>{item.addedBy}</td>
      <td>
        <Time time={item.addedAt} zone={zone} now={now} />
      </td>
      {mayManage ? (
        <td className={classes.action}>
          <RemoveWatchItem itemId={item.id} value={item.value} />
        </td>
      ) : null}
    </tr>
  );
}
