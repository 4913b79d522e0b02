import classes from "./chart.module.css";

type ColumnLinksProps = {
  bar: { x: number; width: number; top: number; height: number };
  /** Undefined where there is nothing to open. */
  href: string | undefined;
  words: string;
  tabIndex: number;
  hatched?: { words: string; href: string; x: number; width: number; top: number } | undefined;
  floor: number;
};

/** What lies over a column of a chart: its exact values, and the way to the alerts behind it. */
export function ColumnLinks({ bar, href, words, tabIndex, hatched, floor }: ColumnLinksProps) {
  const target = (
    <>
      <title>{words}</title>
      <rect x={bar.x} y={bar.top} width={bar.width} height={bar.height} />
    </>
  );
  if (!href) return <g className={classes.link}>{target}</g>;
  return (
    <>
      <a href={href} tabIndex={tabIndex} className={classes.link}>
        {target}
      </a>
      {hatched ? (
        <a href={hatched.href} tabIndex={-1} className={classes.link}>
          <title>{hatched.words}</title>
          <rect x={hatched.x} y={hatched.top} width={hatched.width} height={floor - hatched.top} />
        </a>
      ) : null}
    </>
  );
}
