import Link from "next/link";
import { Notice } from "./_ui/notice.tsx";

export default function NotFound() {
  return (
    <Notice title="There is nothing at this address">
      It may have been mistyped, or what was here is gone. <Link href="/alerts">Go to the alerts</Link>
    </Notice>
  );
}
