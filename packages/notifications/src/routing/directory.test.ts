import { expect, test } from "vitest";
import { change, city, hour, monday8, plan } from "../testing.ts";
import { channelsOf, createDirectory } from "./directory.ts";

const directory = createDirectory(plan, city);
const day = 24 * hour;
const ids = (contacts: { id: string }[]) => contacts.map(({ id }) => id);

test("the centre of the narrowest area answers, of the scheme in use; the city's where none does", () => {
  expect(directory.ownerOf({ areas: { now: ["e1", "48"] } })).toBe("oc-east");
  expect(directory.ownerOf({ areas: { now: ["nowhere"] } })).toBe("oc-city");
  expect(directory.ownerOf({ areas: { before: ["e1"] } })).toBe("oc-city");
  expect(directory.root).toBe("oc-city");
});

test("a pack without centres and routes has nobody to tell", () => {
  const empty = createDirectory({ ...plan, contacts: [], shifts: [], routes: [] }, { ...city, centres: [] });
  expect(empty.ownerOf({ areas: { now: ["e1"] } })).toBe("");
  expect(empty.targets("unit", "", monday8)).toEqual([]);
  expect(empty.routeOf(change(1, "a", monday8).alert, "", monday8)).toBeNull();
});

test("shifts hold in city time, from their first minute to before their last, past midnight too", () => {
  const at = (hours: number, minutes = 0) =>
    ids(directory.onCall("oc-city", "duty", monday8 + hours * hour + minutes * 60_000));
  expect(at(0)).toEqual(["day", "system"]);
  expect(at(10, 59)).toEqual(["day", "system"]);
  expect(at(11)).toEqual(["night", "system"]);
  expect(at(22, 59)).toEqual(["night", "system"]);
  expect(at(23)).toEqual(["day", "system"]);
});

test("a rota changes at midnight of the city's day", () => {
  const on = (time: number) => ids(directory.onCall("oc-city", "leader", time));
  expect(on(monday8)).toEqual(["leader-a"]);
  expect(on(monday8 + 7 * day - 8 * hour - 1)).toEqual(["leader-a"]);
  expect(on(monday8 + 7 * day - 8 * hour)).toEqual(["leader-b"]);
  expect(on(monday8 + 14 * day)).toEqual(["leader-a"]);
  expect(on(monday8 - day)).toEqual(["leader-b"]);
});

test("where a unit has nobody on call the centre above it is told", () => {
  expect(ids(directory.targets("unit", "oc-west", monday8))).toEqual(["west"]);
  expect(ids(directory.targets("unit", "oc-west", monday8 + 8 * hour))).toEqual(["day", "system"]);
  expect(ids(directory.targets("unit", "oc-west", monday8 + day))).toEqual(["day", "system"]);
  expect(ids(directory.targets("leader", "oc-west", monday8))).toEqual(["leader-a"]);
});

test("the first route that fits is taken: by severity, level, domain, rule, centre and time", () => {
  const { alert } = change(1, "a", monday8, { severity: "Severe", level: 3 });
  expect(directory.routeOf(alert, "oc-east", monday8)?.id).toBe("serious");
  expect(directory.routeOf({ ...alert, severity: "Moderate" }, "oc-east", monday8)?.id).toBe("other");
  const when = {
    domains: ["flood"],
    definitions: ["w-flood"],
    centres: ["oc-east"],
    levels: [3, 4],
    hours: { from: "07:00", to: "09:00" },
  };
  const narrow = createDirectory({ ...plan, routes: [{ id: "n", name: alert.name, when, ladder: [] }] }, city);
  const routeOf = (given: Partial<typeof alert>, centre = "oc-east", now = monday8) =>
    narrow.routeOf({ ...alert, ...given }, centre, now)?.id;
  expect(routeOf({})).toBe("n");
  expect(routeOf({ domain: "air" })).toBeUndefined();
  expect(routeOf({ definition: "w-other" })).toBeUndefined();
  expect(routeOf({ level: 2 })).toBeUndefined();
  expect(routeOf({}, "oc-west")).toBeUndefined();
  expect(routeOf({}, "oc-east", monday8 + hour)).toBeUndefined();
});

test("a contact is reached by what it has", () => {
  expect(channelsOf(directory.contact("day")!, true)).toEqual(["in-app", "email", "sms", "push"]);
  expect(channelsOf(directory.contact("system")!, false)).toEqual(["mqtt"]);
});
