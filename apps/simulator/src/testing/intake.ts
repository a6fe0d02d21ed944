import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One request that the intake got. */
export interface Delivery {
  headers: IncomingHttpHeaders;
  url: string;
  /** Empty for rows of a dataset. */
  observations: { datastream: string; phenomenonTime: string; result: number }[];
  /** Dataset of the address, null for observations. */
  dataset: string | null;
  rows: Record<string, unknown>[];
  synthetic: boolean;
}

const rowsAddress = /^\/api\/v1\/datasets\/([a-z0-9-]+)\/rows$/;

/** A real HTTP server in the place of the intake. `answer` decides what each request is told; 202 when it says nothing. */
export async function startIntake(
  answer: (delivery: Delivery, count: number) => { status: number; retryAfter?: string } | undefined = () => undefined,
  port = 0,
): Promise<{ url: string; port: number; deliveries: Delivery[]; stop(): Promise<void> }> {
  const deliveries: Delivery[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(parts).toString("utf8")) as Partial<Delivery>;
      const { observations = [], rows = [], synthetic = false } = body;
      const url = request.url ?? "";
      const dataset = rowsAddress.exec(url)?.[1] ?? null;
      const delivery = { headers: request.headers, url, observations, dataset, rows, synthetic };
      const told = answer(delivery, count++) ?? { status: 202 };
      if (told.status === 202) deliveries.push(delivery);
      if (told.retryAfter !== undefined) response.setHeader("retry-after", told.retryAfter);
      response.writeHead(told.status, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  const used = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${used}`,
    port: used,
    deliveries,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
