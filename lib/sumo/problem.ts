type About = "connection" | "query" | "window";

/**
 * What can go wrong between us and Sumo Logic. `about` says what is wrong: `connection` keeps all work of the connection
 * from going on until somebody acts or Sumo recovers, `query` all work that asks with the same query, `window` concerns
 * the search in hand alone.
 */
export const SUMO_PROBLEMS = {
  unreachable: {
    about: "connection",
    sentence: "Sumo Logic cannot be reached.",
    todo: "Check that this server may open connections to the address of the deployment, and its DNS. Where only a proxy may, start Barnacle with HTTPS_PROXY and NODE_USE_ENV_PROXY=1. Barnacle tries again by itself.",
  },
  tls: {
    about: "connection",
    sentence: "The certificate of the server that answered is not one that Barnacle trusts.",
    todo: "If a proxy inspects traffic, add its certificate with NODE_EXTRA_CA_CERTS and start Barnacle again. Otherwise check the address.",
  },
  timeout: {
    about: "connection",
    sentence: "Sumo Logic did not answer in time.",
    todo: "Nothing: Barnacle tries again by itself. If it stays, check the network between this server and Sumo Logic.",
  },
  "not-json": {
    about: "connection",
    sentence: "Something answered in the place of Sumo Logic: not with data, but with a page.",
    todo: "Check the address, and whether a proxy or a sign-in page of the network stands between.",
  },
  "bad-answer": {
    about: "connection",
    sentence: "Sumo Logic answered in a form that Barnacle does not know.",
    todo: "Check the address. If it is right, report what was seen: the interface may have changed.",
  },
  moved: {
    about: "connection",
    sentence: "The access key belongs to another deployment of Sumo Logic.",
    todo: "Choose the deployment that Sumo Logic names, or give a key of the chosen one.",
  },
  redirected: {
    about: "connection",
    sentence: "The address sends requests on to another place, and Barnacle does not take the key there.",
    todo: "Give the address of the deployment itself, beginning with https:// and ending in /api/.",
  },
  unauthorized: {
    about: "connection",
    sentence: "Sumo Logic does not accept the access key.",
    todo: "Check that access id and key are whole, active, and of this deployment; if the key was rotated or deleted, give the new one. If it worked a moment ago, too many programs sign in with it: Barnacle tries again by itself.",
  },
  forbidden: {
    about: "connection",
    sentence: "The account or the role of the key's owner may not search through the interface.",
    todo: "It takes an Enterprise or Trial account, and a role with the capabilities Download Search Results, View Collectors and Manage Access Keys.",
  },
  "not-allowed": {
    about: "connection",
    sentence: "The operator of Barnacle does not list, or no longer lists, the connection's address.",
    todo: "Have it listed in BARNACLE_SUMO_URLS and Barnacle started again, or change the connection's address.",
  },
  "key-sealed": {
    about: "connection",
    sentence: "The access key cannot be opened: it was sealed with a key that Barnacle no longer has.",
    todo: "Put that key back into BARNACLE_KEYS or the data folder, or give the connection its access key anew.",
  },
  "not-found": {
    about: "connection",
    sentence: "There is no search interface at this address.",
    todo: "Check the address: it ends in /api/.",
  },
  "method-unsupported": {
    about: "connection",
    sentence: "The server at this address does not know what Barnacle asks it to do.",
    todo: "Check the address and what stands between. If they are right, report what was seen: the interface may have changed.",
  },
  "content-type": {
    about: "connection",
    sentence: "Sumo Logic did not see that the request was JSON.",
    todo: "Check whether a proxy changes requests on their way. If none does, report what was seen.",
  },
  refused: {
    about: "connection",
    sentence: "Sumo Logic refused the request.",
    todo: "What it said tells why. If that is no help, report what was seen.",
  },
  "rate-limited": {
    about: "connection",
    sentence:
      "Sumo Logic takes no more requests for now: its limit for this key, its owner or the organisation's searches is reached.",
    todo: "Nothing: Barnacle goes on later. If it stays, give Barnacle a key of an owner whom no other program uses, or see what else searches.",
  },
  "internal-error": {
    about: "connection",
    sentence: "Sumo Logic reports an error of its own.",
    todo: "Nothing: Barnacle tries again by itself. If it stays, see status.sumologic.com or ask Sumo Logic's support.",
  },
  unavailable: {
    about: "connection",
    sentence: "Sumo Logic says that it is not available.",
    todo: "Nothing: Barnacle tries again by itself. If it stays, see status.sumologic.com.",
  },
  "no-query": {
    about: "query",
    sentence: "Sumo Logic was given no query.",
    todo: "Write the connection's query.",
  },
  "query-unreadable": {
    about: "query",
    sentence: "Sumo Logic cannot read the query.",
    todo: "Mend the query where Sumo Logic says; try it on Sumo Logic's search page first.",
  },
  "query-counts": {
    about: "query",
    sentence: "The query counts or groups, so that Sumo Logic gives no messages for it.",
    todo: "Take the counting operator (count, sum, timeslice by and the like) out of the connection's query.",
  },
  "not-counting": {
    about: "window",
    sentence: "The query gives messages, and rows of a count were asked for.",
    todo: "Ask for messages, or let the query count.",
  },
  "query-failed": {
    about: "window",
    sentence: "Sumo Logic could not carry out the query to its end.",
    todo: "Read what it says. If it names the query, mend it; otherwise retry.",
  },
  "bad-from": {
    about: "window",
    sentence: "Sumo Logic does not take the time from which to search.",
    todo: "Choose a start in the time for which Sumo Logic keeps logs, and retry.",
  },
  "bad-to": {
    about: "window",
    sentence: "Sumo Logic does not take the time up to which to search.",
    todo: "Choose an end that is not in the future, and retry.",
  },
  "to-before-from": {
    about: "window",
    sentence: "The time searched ends before it begins.",
    todo: "Choose an end after the start.",
  },
  "bad-zone": {
    about: "window",
    sentence: "Sumo Logic does not know the time zone of the search.",
    todo: "Retry. If it stays, report what was seen: Barnacle always searches in UTC.",
  },
  "bad-time-kind": {
    about: "window",
    sentence: "Sumo Logic does not know by which time to search.",
    todo: "Retry. If it stays, report what was seen: the interface may have changed.",
  },
  "bad-request": {
    about: "window",
    sentence: "Sumo Logic refused the search without saying why.",
    todo: "Retry. If it stays, try the query with the same times on Sumo Logic's search page.",
  },
  "bad-page": {
    about: "window",
    sentence: "Sumo Logic did not take the way in which a page of results was asked for.",
    todo: "Retry. If it stays, report what was seen: the interface may have changed.",
  },
  "job-lost": {
    about: "window",
    sentence: "Sumo Logic lost the search before all of it was read.",
    todo: "Retry. If it happens often, choose shorter ranges.",
  },
  cancelled: {
    about: "window",
    sentence: "The search was cancelled at Sumo Logic.",
    todo: "Retry. If it happens again, ask your Sumo Logic administrators who or what cancels searches.",
  },
  "answer-lost": {
    about: "window",
    sentence:
      "An answer got lost that may have held a warning, so that nobody can say whether the search was whole.",
    todo: "Retry. If it happens often, check the network between this server and Sumo Logic.",
  },
  incomplete: {
    about: "window",
    sentence: "Sumo Logic gave fewer messages than it had counted.",
    todo: "Retry.",
  },
  truncated: {
    about: "window",
    sentence: "A single second holds more messages than Sumo Logic gives for one search.",
    todo: "Narrow the query so that less of that second matches, and retry; what could be read was read.",
  },
  "gave-up": {
    about: "window",
    sentence: "Barnacle was interrupted each time that it pulled this.",
    todo: "See the worker's log for what ended it, and retry; if it happens again, report it.",
  },
  "too-large": {
    about: "window",
    sentence: "A single message is larger than Barnacle takes.",
    todo: "Look at the message in Sumo Logic, and leave its source out of the query.",
  },
  "not-stored": {
    about: "connection",
    sentence: "What Sumo Logic gave could not be written to the disk.",
    todo: "See that the data folder has room and may be written to. Barnacle tries again by itself.",
  },
  stopped: {
    about: "window",
    sentence: "Barnacle stopped before the search had ended.",
    todo: "Nothing: it is searched again.",
  },
} as const satisfies Record<string, { about: About; sentence: string; todo: string }>;

export type SumoProblemReason = keyof typeof SUMO_PROBLEMS;

/** `detail`: what Sumo said, or what was seen; never a key. */
export type SumoProblem = { reason: SumoProblemReason; detail: string };

/** A reason that was stored: those of older versions are read leniently. */
export function isSumoProblemReason(text: string): text is SumoProblemReason {
  return Object.hasOwn(SUMO_PROBLEMS, text);
}
