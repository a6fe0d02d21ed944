import { expect, test } from "vitest";
import type { Receipt } from "@ioc/contracts";
import { StoreBusy } from "@ioc/observations";
import type { Receiver } from "@ioc/observations";
import { createIntake } from "./intake.ts";

test("counts what is held, refused and came in the last minute of real time", async () => {
  let wall = 1_000_000;
  let next: Partial<Receipt> = {};
  const receiver: Receiver = {
    receive: async () => ({
      received: 0,
      stored: 0,
      duplicate: 0,
      corrected: 0,
      quarantined: 0,
      sequence: 1,
      items: [],
      ...next,
    }),
    quarantine: async () => {},
  };
  const intake = createIntake({ receiver, held: { observations: 100, quarantined: 5 }, wallNow: () => wall });
  next = { received: 70, stored: 60, duplicate: 5, corrected: 1, quarantined: 4 };
  await intake.receive([], "test");
  expect(intake.figures()).toEqual({ observationsPerSecond: 66, stored: 160, quarantined: 9 });
  wall += 9_000;
  expect(intake.figures().observationsPerSecond).toBe(6.6);
  wall += 50_500;
  expect(intake.figures().observationsPerSecond).toBe(1.1);
  wall += 1_000;
  expect(intake.figures().observationsPerSecond, "the first second is over a minute old").toBe(0);
  await intake.quarantine("test", [{ reason: "bad-json", message: "m", sample: "s" }]);
  expect(intake.figures().quarantined).toBe(10);
  wall += 10_000_000;
  expect(intake.figures().observationsPerSecond).toBe(0);
});

test("refuses as busy while those who follow the readings lag behind, and takes them again", async () => {
  const receipt = { received: 1, stored: 1, duplicate: 0, corrected: 0, quarantined: 0, sequence: 1, items: [] };
  const receiver: Receiver = { receive: async () => receipt, quarantine: async () => {} };
  const intake = createIntake({ receiver, held: { observations: 0, quarantined: 0 }, wallNow: () => 0 });
  let waiting = 99;
  intake.holdBack(() => waiting, 100);
  await intake.receive([], "http");
  waiting = 100;
  await expect(intake.receive([], "http")).rejects.toBeInstanceOf(StoreBusy);
  expect(intake.figures().stored).toBe(1);
  waiting = 0;
  await intake.receive([], "http");
  expect(intake.figures().stored).toBe(2);
});
