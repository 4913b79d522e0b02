/** A ticket that is an address of the web leads there; anything else is text. */
export function TicketText({ ticket }: { ticket: string }) {
  return /^https?:\/\/\S+$/i.test(ticket) ? (
    <a href={ticket} target="_blank" rel="noreferrer noopener">
      {ticket}
    </a>
  ) : (
    ticket
  );
}
