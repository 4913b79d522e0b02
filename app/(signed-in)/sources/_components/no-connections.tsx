import { Notice } from "../../../_ui/notice.tsx";
import { LinkButton } from "../../allowlist/_components/link-button.tsx";
import classes from "./no-connections.module.css";

/** What a connection brings and what it takes, where there is none yet. */
export function NoConnections({ mayManage }: { mayManage: boolean }) {
  return (
    <Notice title="Nothing is pulled yet">
      <p>
        A connection to Sumo Logic brings CloudTrail and Azure activity logs by itself: what is new every few
        minutes, and any range of the past that you ask for.
      </p>
      <p className={classes.needed}>It takes:</p>
      <ul className={classes.list}>
        <li>
          an access id and key of a user whose role has the capabilities <em>Download Search Results</em>,{" "}
          <em>View Collectors</em> and <em>Manage Access Keys</em>, best one that no other program uses,
        </li>
        <li>an account that may search by the interface: Enterprise or Trial,</li>
        <li>the source categories under which your collectors file these logs,</li>
        <li>a way from this server to the deployment's address, by HTTPS.</li>
      </ul>
      {mayManage ? (
        <LinkButton href="/sources/new" size="xs" isPrimary>
          Connect Sumo Logic
        </LinkButton>
      ) : (
        <p>An admin can make one.</p>
      )}
    </Notice>
  );
}
