import type { Health } from "@ioc/contracts";

type Part = Health["parts"][string];

/** State of each part of the server. A part that failed makes the whole fail only when it is essential. */
export interface HealthBoard {
  set(part: string, status: Part["status"], detail?: string): void;
  report(): Health;
}

/** Without these nothing can be served. */
const essential: ReadonlySet<string> = new Set(["http", "pack", "observations", "database"]);

export function createHealthBoard(version: string, now: () => number): HealthBoard {
  const startedAt = now();
  const parts = new Map<string, Part>([...essential].map((part) => [part, { status: "starting" }]));
  return {
    set(part, status, detail) {
      parts.set(part, detail === undefined ? { status } : { status, detail });
    },
    report: () => ({
      status: overall(parts),
      version,
      uptimeSeconds: Math.round((now() - startedAt) / 1000),
      parts: Object.fromEntries(parts),
    }),
  };
}

function overall(parts: ReadonlyMap<string, Part>): Health["status"] {
  const states = [...parts];
  const some = (status: Part["status"]) => states.filter(([, part]) => part.status === status).map(([name]) => name);
  if (some("failed").some((name) => essential.has(name))) return "failed";
  if (some("starting").some((name) => essential.has(name))) return "starting";
  return some("failed").length > 0 || some("degraded").length > 0 ? "degraded" : "ok";
}
