import classes from "./hatch.module.css";

export const HATCH = "url(#trends-hatch)";

/** Once on the page, for all that is suppressed. */
export function Hatch() {
  return (
    <svg className={classes.patterns} aria-hidden="true">
      <defs>
        <pattern
          id="trends-hatch"
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line x1="0" y1="0" x2="0" y2="4" className={classes.line} />
        </pattern>
      </defs>
    </svg>
  );
}
