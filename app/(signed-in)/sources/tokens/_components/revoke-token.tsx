"use client";

import { Confirm } from "../../../../_ui/confirm.tsx";
import { revokeTokenAction } from "../actions.ts";
import { refusalSentence } from "./words.ts";

/** Makes a token useless, after saying what that does. */
export function RevokeToken({ tokenId, name }: { tokenId: string; name: string }) {
  const revoke = async () => {
    const outcome = await revokeTokenAction({ tokenId });
    return outcome.ok ? null : refusalSentence(outcome.reason);
  };
  return (
    <Confirm label="Revoke" name={`Revoke ${name}`} title={`Revoke ${name}`} keep="Leave it" act={revoke}>
      Whatever is sent with this token from now on is refused. What it has delivered stays, and is read. This
      cannot be undone; a new token can be made for the same source.
    </Confirm>
  );
}
