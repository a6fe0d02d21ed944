import type { Frame, StatisticPreview } from "@ioc/contracts";
import type { StatisticsEngine, ViewRequest } from "@ioc/statistics";
import { ProblemError } from "../api/problem.ts";
import { readDefinition, type DefinitionCheck } from "./definition-check.ts";

/** Calculates definitions that nobody saved. */
export interface Previews {
  /**
   * What is wrong with a definition, or its frame at `now` (city time, ms).
   * @throws {ProblemError} 429 when as many as may are being calculated
   * @throws {ViewError} when the view does not fit the definition
   */
  preview(definition: unknown, view: ViewRequest, now: number): Promise<StatisticPreview>;
}

interface PreviewOptions {
  engine: Pick<StatisticsEngine, "preview">;
  check: DefinitionCheck;
  /** Real ms after which nobody waits for a calculation any more. */
  patienceMs?: number;
}

/** Previews that are calculated at the same time. A project setting. */
const mostAtOnce = 2;

export function createPreviews({ engine, check, patienceMs = 20_000 }: PreviewOptions): Previews {
  let running = 0;
  return {
    async preview(sent, view, now) {
      const read = readDefinition(sent);
      const problems = "problems" in read ? read.problems : check(read.definition, now);
      if ("problems" in read || problems.length > 0) return { problems, frame: null };
      if (running >= mostAtOnce) {
        const detail = `${mostAtOnce} previews are being calculated already; try again in 5 s.`;
        throw new ProblemError(429, "busy", detail, { headers: { "Retry-After": "5" } });
      }
      running += 1;
      // One that nobody waits for any more is still being calculated, and counts until it is done.
      const frame = engine.preview(read.definition, view, now).finally(() => (running -= 1));
      const inTime = await withPatience(frame, patienceMs);
      if (inTime) return { problems: [], frame: inTime };
      const late = `window: the calculation took longer than ${patienceMs / 1000} s; let it read less`;
      return { problems: [late], frame: null };
    },
  };
}

/** Null when it takes longer. */
async function withPatience(frame: Promise<Frame>, ms: number): Promise<Frame | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([frame, late]);
  } finally {
    clearTimeout(timer);
  }
}
