import { authorizeToken } from "../../_access/delivery-token.ts";
import { deliver } from "../_delivery/deliver.ts";
import { refuseDelivery } from "../_delivery/problem.ts";

/** Takes in logs in any form that is read, for shippers. 202: they are stored durably, and will be read as that import. */
export async function POST(request: Request): Promise<Response> {
  const token = await authorizeToken(request, "api");
  return token.ok ? await deliver(request, token.value) : await refuseDelivery(request, token.reason);
}
