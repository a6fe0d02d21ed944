import { afterEach, expect, test, vi } from "vitest";
import { createHealthBoard } from "../health.ts";
import { createLog } from "../log.ts";
import { startUpkeep } from "./upkeep.ts";

afterEach(() => vi.useRealTimers());

/** Upkeep over answers given in order: whether there is more to do, or a failure. */
function setUp(answers: (boolean | Error)[]) {
  vi.useFakeTimers();
  const calls: number[] = [];
  const health = createHealthBoard("test", () => 0);
  const job = startUpkeep({
    maintain: async (now) => {
      calls.push(now);
      const answer = answers.shift() ?? false;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    now: () => 7,
    health,
    log: createLog({ format: "text", level: "error" }, () => undefined),
  });
  return { calls, job, part: () => health.report().parts["upkeep"] };
}

test("goes on at once while there is work, then looks again every few seconds", async () => {
  const { calls, job } = setUp([true, true, false]);
  await vi.advanceTimersByTimeAsync(5020);
  expect(calls).toEqual([7, 7, 7]);
  await vi.advanceTimersByTimeAsync(4000);
  expect(calls).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toHaveLength(4);
  await job.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toHaveLength(4);
});

test("a fault is shown in health until it is over, and upkeep goes on", async () => {
  const { job, part } = setUp([new Error("disk full"), false]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(part()).toEqual({ status: "degraded", detail: "disk full" });
  await vi.advanceTimersByTimeAsync(5000);
  expect(part()).toEqual({ status: "ok" });
  await job.stop();
});
