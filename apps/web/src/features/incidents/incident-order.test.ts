import type { Incident } from "@ioc/contracts";
import { expect, test } from "vitest";
import { openIncidents } from "./incident-order.ts";

const incident = (id: string, severity: Incident["severity"], openedAt: number, state: Incident["state"] = "open") =>
  ({ id, severity, openedAt, state }) as Incident;

test("open incidents stand by severity, then the newest first; what is over or merged is left out", () => {
  const given = [
    incident("a", "Minor", 9),
    incident("b", "Extreme", 1),
    incident("c", "Extreme", 2),
    incident("d", "Extreme", 3, "merged"),
    incident("e", "Extreme", 4, "cleared"),
    incident("f", "Minor", 9),
  ];
  expect(openIncidents(given).map(({ id }) => id)).toEqual(["c", "b", "a", "f"]);
});
