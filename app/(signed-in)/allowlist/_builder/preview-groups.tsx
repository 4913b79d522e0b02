"use client";

import type { Preview, PreviewGroup } from "#lib/allowlist/preview.ts";
import type { Severity } from "#lib/detection/severity.ts";
import { MachineText } from "../../../_ui/machine-text.tsx";
import { SeverityMark } from "../../alerts/_components/severity-mark.tsx";
import classes from "./preview-panel.module.css";

/** Whose and what kind of detections are matched. */
export function PreviewGroups({ preview }: { preview: Preview }) {
  return (
    <div className={classes.groups}>
      <Group title="Rule" groups={preview.byRule} show={({ name }) => <span title={name}>{name}</span>} />
      <Group
        title="Severity"
        groups={preview.bySeverity}
        show={({ value }) => <SeverityMark severity={value as Severity} />}
      />
      <Group title="Actor" groups={preview.byActor} show={machine} />
      <Group title="Image" groups={preview.byImage} show={machine} />
    </div>
  );
}

function machine({ name }: PreviewGroup) {
  return <MachineText text={name} />;
}

type GroupProps = { title: string; groups: PreviewGroup[]; show: (group: PreviewGroup) => React.ReactNode };

function Group({ title, groups, show }: GroupProps) {
  if (groups.length === 0) return null;
  return (
    <table className={classes.group}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" className="number">
            Detections
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.value}>
            <td>{group.value === "" ? <span className="secondary">{group.name}</span> : show(group)}</td>
            <td className="number">{group.detections.toLocaleString("en-GB")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
