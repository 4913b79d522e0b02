import Link from "next/link";
import { Notice } from "./_ui/notice.tsx";

export default function Forbidden() {
  return (
    <Notice title="Your role may not see this page">
      An admin can change your role. <Link href="/alerts">Go to the alerts</Link>
    </Notice>
  );
}
