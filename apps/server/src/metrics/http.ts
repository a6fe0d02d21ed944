import type { RequestHandler, Response } from "express";
import type { Family } from "./exposition.ts";
import { Counter, durationBounds, Histogram } from "./instruments.ts";

export interface HttpWatch {
  /** To be used before everything else. */
  measure: RequestHandler;
  families(): Family[];
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Names the template that a request is counted under, such as `/api/v1/stations/{id}`: never the address itself. */
export function setRoute(response: Response, template: string): void {
  response.locals["route"] = template;
}

/** Counts answers by route template, method and status, and how long they took. What no route names is `other`. */
export function watchHttp(): HttpWatch {
  const requests = new Counter("ioc_http_requests", "Answered HTTP requests.", ["method", "route", "status"]);
  const aborted = new Counter("ioc_http_aborted_requests", "Requests whose sender left before the answer was out.", [
    "method",
    "route",
  ]);
  const duration = new Histogram(
    "ioc_http_request_duration_seconds",
    "From the arrival of a request's head to the end of its answer.",
    durationBounds,
    ["method", "route"],
  );
  return {
    measure(request, response, next) {
      const startedAt = performance.now();
      const method = methods.has(request.method) ? request.method : "other";
      response.on("close", () => {
        const named: unknown = response.locals["route"];
        const route = typeof named === "string" ? named : "other";
        if (!response.writableFinished) return aborted.add(1, method, route);
        requests.add(1, method, route, String(response.statusCode));
        duration.observe((performance.now() - startedAt) / 1000, method, route);
      });
      next();
    },
    families: () => [requests.family(), aborted.family(), duration.family()],
  };
}
