import { randomUUID } from "node:crypto";
import compression from "compression";
import express, { type Express, type RequestHandler } from "express";
import { docsPage } from "./api/docs.ts";
import type { Dispatcher } from "./api/dispatcher.ts";
import { createErrorHandler, type OnUnreadable } from "./api/error-handler.ts";
import type { KeyCheck } from "./api/keys.ts";
import { openApiDocument } from "./api/openapi.ts";
import { notFound } from "./api/problem.ts";
import type { RateLimit } from "./api/rate-limit.ts";
import { createApiRouter } from "./api/router.ts";
import type { Log } from "./log.ts";
import { setRoute } from "./metrics/http.ts";
import { securityHeaders } from "./web/headers.ts";

/** An interface of its own below a path, such as SensorThings. */
export interface Mount {
  path: string;
  handler: RequestHandler;
}

interface AppOptions {
  /** Sees every request first, and its answer last. */
  measure: RequestHandler;
  dispatcher: Dispatcher;
  keys: KeyCheck;
  rateLimit: RateLimit;
  mounts: readonly Mount[];
  site: readonly RequestHandler[];
  onUnreadable: OnUnreadable;
  version: string;
  trustProxy: number;
  log: Log;
}

/** Everything that is answered over HTTP. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", options.trustProxy);
  app.set("query parser", "simple");
  app.use(options.measure);
  app.use(requestLog(options.log));
  app.use(securityHeaders());
  app.use(compression({ threshold: 1024 }));
  app.get("/api/openapi.json", (_request, response) => {
    response.set({ "Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache" });
    response.json(openApiDocument(options.version));
  });
  app.get("/api/docs", (_request, response) => {
    response.set("Cache-Control", "no-cache").type("html").send(docsPage(options.version));
  });
  app.use("/api/v1", named("/api/v1"), createApiRouter(options));
  for (const { path, handler } of options.mounts) app.use(path, named(path), handler);
  app.use("/api", (request, _response, next) => next(notFound(`There is nothing at ${request.originalUrl}.`)));
  app.use(named("pages and files"), ...options.site);
  app.use((request, _response, next) => next(notFound(`There is nothing at ${request.originalUrl}.`)));
  app.use(createErrorHandler(options.log, options.onUnreadable));
  return app;
}

/** The name that requests are counted under unless something inside knows better. */
function named(template: string): RequestHandler {
  return (_request, response, next) => {
    setRoute(response, template);
    next();
  };
}

/** Gives each request an id, which the answer carries, and logs it at `debug`. */
function requestLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID().slice(0, 8);
    const startedAt = performance.now();
    response.setHeader("X-Request-Id", id);
    response.on("finish", () => {
      const took = Math.round(performance.now() - startedAt);
      const path = request.originalUrl.split("?", 1)[0] ?? "";
      log.debug("http", `${request.method} ${path}`, { status: response.statusCode, ms: took, request: id });
    });
    next();
  };
}
