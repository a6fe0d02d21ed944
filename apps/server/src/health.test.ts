import { expect, test } from "vitest";
import { createHealthBoard } from "./health.ts";

test("starting until every essential part is up; a part that is not essential only degrades", () => {
  let now = 0;
  const health = createHealthBoard("1.2.3", () => now);
  expect(health.report().status).toBe("starting");
  for (const part of ["http", "pack", "observations", "database"]) health.set(part, "ok");
  health.set("simulator", "off");
  now = 61_000;
  expect(health.report()).toMatchObject({ status: "ok", version: "1.2.3", uptimeSeconds: 61 });
  health.set("mqtt", "failed", "no port");
  expect(health.report().status).toBe("degraded");
  health.set("observations", "failed");
  expect(health.report().status).toBe("failed");
});
