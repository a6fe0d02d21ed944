import type { Incident, IncidentMember } from "@ioc/contracts";
import { expect, test } from "vitest";
import { change, monday8 } from "../testing.ts";
import { memberOf } from "../store/rows.ts";
import { messageOf } from "./message.ts";

const member = (subject: string): IncidentMember =>
  memberOf(change(1, subject, monday8, { level: 3, severity: "Severe" }).alert, monday8);

const incident: Incident = {
  id: "w-flood.7",
  definition: "w-flood",
  name: { vi: "Ngập đường", en: "Street flood" },
  domain: "flood",
  centre: "oc-east",
  state: "open",
  storm: false,
  exercise: false,
  mergedInto: null,
  severity: "Severe",
  peakSeverity: "Severe",
  scale: "ioc",
  level: 3,
  headline: { vi: "Ngập: sf-1", en: "Flood: sf-1" },
  members: 1,
  openMembers: 1,
  newMembers: 1,
  openedAt: monday8,
  joinedAt: monday8,
  clearedAt: null,
  route: "serious",
  steps: 1,
  stepAt: null,
  repeatAt: null,
};
const definition = {
  action: { vi: "Chặn đường.", en: "Close the road." },
  levels: [
    {
      level: 3,
      name: { vi: "sâu", en: "deep" },
      severity: "Severe" as const,
      when: "d > 0.3",
      basis: "project" as const,
      source: "s",
    },
  ],
};
const wording = (language: "vi" | "en", publicUrl = "https://ioc.example") => ({
  language,
  timezone: "Asia/Ho_Chi_Minh",
  placeOf: ({ id }: { id: string }) => ({ vi: `Trạm ${id}`, en: `Station ${id}` }),
  withUnit: (number: string, unit: string) => `${number} ${unit}`,
  publicUrl,
});
const notice = { reason: "opened" } as const;

test("a message says level, place, value, when, what to do and where to look, in the recipient's language", () => {
  const subject = { notice, incident, members: [member("sf-1")], definition };
  expect(messageOf(subject, wording("en")).text).toBe(`New · Severe: Flood: sf-1
Street flood
Level: Severe – IOC level 3 (deep)
Place: Station sf-1
Value: 0.42 m
Since: 05/01/2026, 08:00

What to do: Close the road.

Open: https://ioc.example/console/incidents/w-flood.7`);
  const vi = messageOf(subject, wording("vi"));
  expect(vi.title).toBe("Mới · Nghiêm trọng: Ngập: sf-1");
  for (const said of [
    "Mức: Nghiêm trọng – Mức IOC 3 (sâu)",
    "Nơi: Trạm sf-1",
    "Giá trị: 0,42 m",
    "Việc cần làm: Chặn đường.",
  ])
    expect(vi.text).toContain(said);
});

test("an exercise is marked in the title and at the beginning of every text", () => {
  const subject = { notice, incident: { ...incident, exercise: true }, members: [member("sf-1")], definition };
  for (const [language, mark] of [
    ["vi", "[DIỄN TẬP] "],
    ["en", "[EXERCISE] "],
  ] as const) {
    const message = messageOf(subject, wording(language));
    for (const text of [message.title, message.text, message.short]) expect(text.startsWith(mark)).toBe(true);
  }
});

test("every alert of an incident is listed, the level of a disaster is named by its own scale", () => {
  const members = Array.from({ length: 400 }, (_, i) => member(`sf-${i}`));
  const subject = {
    notice,
    incident: { ...incident, members: 400, openMembers: 400, scale: "risk" as const },
    members,
    definition,
  };
  const { title, text, short } = messageOf(subject, wording("en"));
  expect(title).toContain("(400 alerts, 400 open)");
  expect(text).toContain("Disaster risk level 3");
  for (let i = 0; i < 400; i++) expect(text).toContain(`- Flood: sf-${i};`);
  expect(short.length).toBeLessThanOrEqual(300);
});

test("what is over is told as over, whatever the notice was written for, and asks nobody to do anything", () => {
  const cleared = { ...member("sf-1"), clearedAt: monday8 + 60_000, condition: "cleared" as const, level: 0 };
  const over = { ...incident, state: "cleared" as const, level: 0, openMembers: 0, clearedAt: monday8 + 60_000 };
  const { title, text } = messageOf({ notice, incident: over, members: [cleared], definition }, wording("en"));
  expect(title).toBe("Over · Severe: Flood: sf-1");
  expect(text).toContain("Until: 05/01/2026, 08:01");
  expect(text).not.toContain("What to do");
});

test("a short text keeps its link whole or has none", () => {
  const long = { vi: "x".repeat(400), en: "x".repeat(400) };
  const subject = { notice, incident: { ...incident, headline: long }, members: [member("sf-1")], definition: null };
  const { short } = messageOf(subject, wording("en"));
  expect(short.length).toBeLessThanOrEqual(300);
  expect(short.endsWith("\nhttps://ioc.example/console/incidents/w-flood.7")).toBe(true);
  expect(messageOf(subject, wording("en", "")).link).toBeNull();
  const far = messageOf(subject, wording("en", `https://${"a".repeat(300)}.example`)).short;
  expect(far.length).toBeLessThanOrEqual(300);
  expect(far).not.toContain("https://");
});
