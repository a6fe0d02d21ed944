import { alertHandling } from "@ioc/contracts";
import type { Alert, AlertEvent, NoticePlan, Severity } from "@ioc/contracts";
import type { AlertChange } from "./store/incident-writer.ts";

export const minute = 60_000;
export const hour = 60 * minute;
/** Monday 5 January 2026, 08:00 in Da Nang. */
export const monday8 = Date.UTC(2026, 0, 5, 1);

const text = (value: string) => ({ vi: value, en: value });
const contact = { language: "en" as const, inApp: true, mqtt: false };

/** Two wards with a centre each under the city's; a leader's rota by weeks; a day and a night shift. */
export const plan: NoticePlan = {
  contacts: [
    { ...contact, id: "east", name: text("East"), centre: "oc-east", email: "east@ioc.example" },
    { ...contact, id: "west", name: text("West"), centre: "oc-west", email: "west@ioc.example" },
    { ...contact, id: "day", name: text("Day"), centre: "oc-city", email: "day@ioc.example", sms: "+84900000001" },
    { ...contact, id: "night", name: text("Night"), centre: "oc-city", email: "night@ioc.example" },
    { ...contact, id: "leader-a", name: text("A"), centre: "oc-city", email: "a@ioc.example" },
    { ...contact, id: "leader-b", name: text("B"), centre: "oc-city", email: "b@ioc.example" },
    { ...contact, id: "system", name: text("System"), centre: "oc-city", inApp: false, mqtt: true },
  ],
  shifts: [
    { id: "east", centre: "oc-east", role: "duty", contacts: ["east"], from: "00:00", to: "24:00" },
    { id: "west", centre: "oc-west", role: "duty", contacts: ["west"], from: "08:00", to: "16:00", days: ["mon"] },
    { id: "day", centre: "oc-city", role: "duty", contacts: ["day", "system"], from: "07:00", to: "19:00" },
    { id: "night", centre: "oc-city", role: "duty", contacts: ["night", "system"], from: "19:00", to: "07:00" },
    {
      id: "leader",
      centre: "oc-city",
      role: "leader",
      contacts: ["leader-a", "leader-b"],
      from: "00:00",
      to: "24:00",
      rotate: { since: "2026-01-05", every: "P7D" },
    },
  ],
  routes: [
    {
      id: "serious",
      name: text("Serious"),
      when: { atLeast: "Severe" },
      ladder: [
        { after: "PT0S", to: "unit", channels: ["in-app", "email"] },
        { after: "PT15M", to: "city", channels: ["in-app", "email", "sms"] },
        { after: "PT1H", to: "leader", channels: ["email"] },
      ],
    },
    {
      id: "other",
      name: text("Other"),
      when: {},
      ladder: [{ after: "PT0S", to: "unit", channels: ["in-app", "mqtt"] }],
    },
  ],
  grouping: {
    hold: ["PT30S", "PT30S", "PT30S", "PT5S", "PT5S"],
    joinWithin: "PT30M",
    growth: "PT5M",
    storm: { alerts: 20, within: "PT1M" },
    repeat: ["P1D", "PT6H", "PT3H", "PT1H", "PT1H"],
  },
};

const centre = { scheme: "now", level: "sector" as const };
export const city = {
  scheme: "now",
  timezone: "Asia/Ho_Chi_Minh",
  centres: [
    { ...centre, id: "oc-city", name: text("City"), area: "48", parent: null },
    { ...centre, id: "oc-east", name: text("East"), area: "e1", parent: "oc-city" },
    { ...centre, id: "oc-west", name: text("West"), area: "w1", parent: "oc-city" },
    { ...centre, id: "oc-old", name: text("Old"), area: "e1", parent: null, scheme: "before" },
  ],
};

interface Given {
  type?: AlertEvent["type"];
  condition?: Alert["condition"];
  work?: Alert["work"];
  level?: number;
  severity?: Severity;
  area?: string;
  definition?: string;
  exercise?: boolean;
  suppressed?: boolean;
}

/** A change of an alert `<definition>.<subject>.1` at city time `at`. */
export function change(sequence: number, subject: string, at: number, given: Given = {}): AlertChange {
  const { condition = "firing", work = "new", level = 1, severity = "Minor", area = "e1" } = given;
  const { definition = "w-flood", exercise = false, suppressed = false } = given;
  const id = `${definition}.${subject}.1`;
  return {
    event: {
      sequence,
      alert: id,
      type: given.type ?? (condition === "cleared" ? "cleared" : "fired"),
      time: at,
      processedAt: at,
      actor: "rule",
      from: { condition: null, level: 0 },
      to: { condition, level },
      work: null,
      detail: {},
      evidence: {
        signals: {},
        when: null,
        clear: null,
        basis: null,
        source: null,
        readings: [],
        definitionVersion: 1,
      },
    },
    alert: {
      id,
      definition,
      name: { vi: "Ngập", en: "Flood" },
      hazard: "flood",
      domain: "flood",
      subject: { type: "station", id: subject },
      areas: { now: [area, "48"] },
      condition,
      work,
      handling: alertHandling.parse({}),
      suppressedBy: suppressed ? [{ kind: "silence", id: "s-1", alert: null, until: null }] : [],
      scale: "ioc",
      level,
      peakLevel: level,
      severity,
      peakSeverity: severity,
      stale: false,
      error: null,
      headline: { vi: `Ngập: ${subject}`, en: `Flood: ${subject}` },
      value: 0.42,
      unit: "m",
      decimals: 2,
      episode: 1,
      startedAt: at,
      firedAt: at,
      changedAt: at,
      clearedAt: condition === "cleared" ? at : null,
      exercise,
    },
  };
}
