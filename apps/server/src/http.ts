import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export class PortBusy extends Error {
  constructor(port: number, reason: string) {
    super(`port ${port} cannot be used (${reason}); set IOC_PORT to a free one, or to 0 for any`);
    this.name = "PortBusy";
  }
}

/** The HTTP server; answers with `starting` until it is given something else. */
export interface HttpServer {
  server: Server;
  port: number;
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}

/** @throws {PortBusy} */
export async function listenHttp(host: string, port: number, starting: RequestListener): Promise<HttpServer> {
  let answer = starting;
  const server = createServer((request, response) => answer(request, response));
  // Whoever sends its head or body drop by drop is cut off.
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 20_000;
  server.maxRequestsPerSocket = 0;
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reasons: Readonly<Record<string, string>> = {
      EADDRINUSE: "another program listens on it",
      EACCES: "not allowed",
      EADDRNOTAVAIL: `this machine has no address ${host}`,
    };
    throw reasons[code] ? new PortBusy(port, reasons[code]) : error;
  }
  return {
    server,
    port: (server.address() as AddressInfo).port,
    serve: (listener) => (answer = listener),
    async close() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      // Requests under way get a moment to end.
      const timer = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(timer);
    },
  };
}
