import { z } from "zod";
import { TOKEN_KINDS } from "#lib/access/token-kind.ts";
import { greetingIn } from "#lib/ingest/webhook-greeting.ts";
import { authorizeToken } from "../../../../_access/delivery-token.ts";
import { deliver } from "../../../_delivery/deliver.ts";
import { API_HEADERS, refuseDelivery } from "../../../_delivery/problem.ts";

const senderSchema = z.enum(TOKEN_KINDS).exclude(["api"]);

type Context = RouteContext<"/api/webhooks/[sender]/[[...secret]]">;

/** Takes in what a registry or another program says of its own accord. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const { sender, secret = [] } = await context.params;
  const kind = senderSchema.safeParse(sender);
  if (!kind.success || secret.length > 1) return await refuseDelivery(request, "no-such-sender");
  const token = await authorizeToken(request, kind.data, secret[0]);
  if (!token.ok) return await refuseDelivery(request, token.reason);
  return await deliver(request, token.value, (bytes) => {
    const greeting = greetingIn(kind.data, bytes);
    return greeting && Response.json(greeting, { headers: API_HEADERS });
  });
}

/** Event Grid asks with it, when it sends CloudEvents, whether it may deliver here (CloudEvents, "Abuse Protection"). */
export async function OPTIONS(request: Request, context: Context): Promise<Response> {
  const { sender, secret = [] } = await context.params;
  if (sender !== "event-grid") return await refuseDelivery(request, "no-such-sender");
  const token = await authorizeToken(request, "event-grid", secret[0]);
  if (!token.ok) return await refuseDelivery(request, token.reason);
  const origin = request.headers.get("webhook-request-origin") ?? "";
  return new Response(null, {
    headers: {
      ...API_HEADERS,
      allow: "POST, OPTIONS",
      ...(/^[\w.-]{1,255}$/.test(origin) && {
        "webhook-allowed-origin": origin,
        "webhook-allowed-rate": "*",
      }),
    },
  });
}
