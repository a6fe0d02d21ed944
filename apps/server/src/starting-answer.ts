import type { RequestListener } from "node:http";
import type { HealthBoard } from "./health.ts";

/** While the store is opened: health tells so, everything else asks to come back. */
export function startingAnswer(health: HealthBoard): RequestListener {
  return (request, response) => {
    const isHealth = request.url === "/api/v1/health";
    const headers = { "Content-Type": "application/json", "Cache-Control": "no-store", "Retry-After": "1" };
    response.writeHead(isHealth ? 200 : 503, headers).end(JSON.stringify(health.report()));
  };
}
