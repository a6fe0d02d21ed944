import type { Health } from "@ioc/contracts";
import type { HealthBoard } from "../health.ts";
import { Reply, type Handlers } from "./handlers.ts";

export function systemHandlers(health: HealthBoard): Pick<Handlers, "getHealth" | "getReady"> {
  const answer = (): Health => health.report();
  return {
    getHealth: answer,
    getReady() {
      const report = answer();
      const ready = report.status === "ok" || report.status === "degraded";
      return new Reply(report, { status: ready ? 200 : 503 });
    },
  };
}
