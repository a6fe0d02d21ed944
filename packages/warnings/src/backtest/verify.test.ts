import type { Alert } from "@ioc/contracts";
import { expect, test } from "vitest";
import { definition, network } from "../engine/test-city.ts";
import { verify } from "./verify.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const rule = { ...definition("w-street-flood"), skill: { ...definition("w-street-flood").skill!, window: "PT1H" } };
const stations = network.stations.filter(({ kind }) => kind === "street-flood");
const here = stations[0]!.areas[network.scheme]!;
const elsewhere = stations.map(({ areas }) => areas[network.scheme]!).find((area) => area !== here)!;
const city = network.areas.find(({ level, scheme }) => level === "city" && scheme === network.scheme)!.id;
const span = { network, from: 0, to: 10 * day, now: 20 * day };

const alert = (id: string, firedAt: number, area = here) =>
  ({ id, firedAt, areas: { [network.scheme]: [area, city] } }) as unknown as Alert;
const event = (started: number, area: string | null = here, minutes = 30) => ({
  hazard: "urban-flood",
  area,
  started,
  ended: started + minutes * minute,
});
const outcome = (alerts: readonly Alert[], events: readonly ReturnType<typeof event>[], more = {}) => {
  const found = verify(rule, alerts, { ...span, ...more, events });
  return found && [found.scores.hits, found.scores.misses, found.scores.falseAlarms, found.scores.undecided];
};

test.each([
  ["begins at the end of the window", 60 * minute, [1, 0, 0, 0]],
  ["begins later", 61 * minute, [0, 1, 1, 0]],
  ["began ten minutes before the alert", -10 * minute, [1, 0, 0, 0]],
  ["began half an hour before and is going on", -30 * minute, [1, 0, 0, 0]],
  ["was over", -31 * minute, [0, 1, 1, 0]],
])("an event that %s", (_name, offset, expected) => {
  expect(outcome([alert("a", day)], [event(day + offset)])).toEqual(expected);
});

test("units match when one is or holds the other", () => {
  expect(outcome([alert("a", day)], [event(day, city)])).toEqual([1, 0, 0, 0]);
  expect(outcome([alert("a", day, city)], [event(day)])).toEqual([1, 0, 0, 0]);
  expect(outcome([alert("a", day)], [event(day, elsewhere)])).toEqual([0, 1, 1, 0]);
});

test("an event counts once, with its earliest alert, which gives the lead; a second alert about it is no false alarm", () => {
  const alerts = [alert("late", day + 20 * minute), alert("early", day)];
  const found = verify(rule, alerts, { ...span, events: [event(day + 30 * minute)] });
  expect(found?.scores).toMatchObject({ events: 1, hits: 1, falseAlarms: 0, leadMs: 30 * minute });
  expect(found?.outcomes.get("early")).toEqual({ outcome: "hit", leadMs: 30 * minute });
  expect(found?.outcomes.get("late")).toEqual({ outcome: "repeat", leadMs: null });
});

test("the lead is never negative", () => {
  expect(verify(rule, [alert("a", day)], { ...span, events: [event(day - minute)] })?.scores.leadMs).toBe(0);
});

test("scores from five events on, as their formulas say", () => {
  const at = (i: number) => (1 + i) * 5 * hour;
  const events = [0, 1, 2, 3, 4].map((i) => event(at(i)));
  const alerts = [0, 1, 2, 3].map((i) => alert(`hit-${i}`, at(i) - 20 * minute));
  const found = verify(rule, [...alerts, alert("false", 9 * day)], { ...span, events });
  expect(found?.scores).toEqual({
    events: 5,
    hits: 4,
    misses: 1,
    falseAlarms: 1,
    undecided: 0,
    pod: 0.8,
    precision: 0.8,
    far: 0.2,
    csi: 4 / 6,
    leadMs: 20 * minute,
  });
  const few = verify(rule, alerts, { ...span, events: events.slice(0, 4) });
  expect(few?.scores).toMatchObject({ events: 4, hits: 4, pod: null, precision: null, far: null, csi: null });
});

test("an alert whose event may still come is undecided; one raised before the span is never false", () => {
  const events = [event(day)];
  expect(outcome([alert("a", 10 * day - minute)], events, { now: 10 * day })).toEqual([0, 1, 0, 1]);
  expect(outcome([alert("a", -5 * hour)], events)).toEqual([0, 1, 0, 0]);
});

test("an event just after the span began may have been warned of before it", () => {
  expect(outcome([alert("a", -30 * minute)], [event(10 * minute)])).toEqual([1, 0, 0, 0]);
});

test("nothing can be said without events of the hazard in the span, or without a window", () => {
  expect(verify(rule, [alert("a", day)], { ...span, events: [] })).toBeNull();
  expect(verify(rule, [alert("a", day)], { ...span, events: [{ ...event(day), hazard: "wind" }] })).toBeNull();
  const { skill: _skill, ...without } = rule;
  expect(verify(without, [alert("a", day)], { ...span, events: [event(day)] })).toBeNull();
});
