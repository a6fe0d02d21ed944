import { calendarOf, durationMs, severityRank } from "@ioc/contracts";
import type { Alert, Centre, Channel, Contact, LadderTarget, NoticePlan, Route, Shift } from "@ioc/contracts";
import { isWithin } from "./hours.ts";

const dayMs = 86_400_000;

/** What a route is chosen by. */
export type Routed = Pick<Alert, "definition" | "domain" | "level" | "severity">;

/** Answers who answers for a place, which route an alert takes and who is on call. Times are ms UTC. */
export interface Directory {
  /** Centre that answers for the alert's narrowest area; the city's centre where none does, `""` where the pack has no centres. */
  ownerOf(alert: Pick<Alert, "areas">): string;
  /** The centre above all others. */
  readonly root: string;
  /** The first route that fits; null when none does. */
  routeOf(alert: Routed, centre: string, now: number): Route | null;
  route(id: string | null): Route | null;
  /** Contacts that a step of a ladder tells. Where a unit has nobody on call, the centre above it is told. */
  targets(to: LadderTarget, centre: string, now: number): Contact[];
  onCall(centre: string, role: Shift["role"], now: number): Contact[];
  contact(id: string): Contact | undefined;
}

/** @param scheme Scheme in use: only its centres answer for areas. */
export function createDirectory(
  plan: NoticePlan,
  city: { centres: readonly Centre[]; scheme: string; timezone: string },
): Directory {
  const calendar = calendarOf(city.timezone);
  const centres = new Map(city.centres.filter(({ scheme }) => scheme === city.scheme).map((one) => [one.id, one]));
  const byArea = new Map([...centres.values()].map((one) => [one.area, one.id]));
  const root = [...centres.values()].find(({ parent }) => parent === null)?.id ?? "";
  const contacts = new Map(plan.contacts.map((one) => [one.id, one]));
  const routes = new Map(plan.routes.map((one) => [one.id, one]));

  const inTurn = ({ contacts: all, rotate }: Shift, now: number): readonly string[] => {
    const every = durationMs(rotate?.every ?? "") ?? 0;
    if (!rotate || every < dayMs) return all;
    const [year = 0, month = 1, date = 1] = rotate.since.split("-").map(Number);
    const days = Math.round((calendar.dayStart(now) - calendar.dateStart(year, month, date)) / dayMs);
    const turn = Math.floor(days / Math.round(every / dayMs));
    const chosen = all[((turn % all.length) + all.length) % all.length];
    return chosen === undefined ? [] : [chosen];
  };
  const onCall = (centre: string, role: Shift["role"], now: number): Contact[] => {
    const ids = plan.shifts
      .filter((shift) => shift.centre === centre && shift.role === role && isWithin(shift, now, calendar))
      .flatMap((shift) => inTurn(shift, now));
    return [...new Set(ids)].flatMap((id) => contacts.get(id) ?? []);
  };
  return {
    root,
    ownerOf({ areas }) {
      for (const area of areas[city.scheme] ?? []) {
        const centre = byArea.get(area);
        if (centre !== undefined) return centre;
      }
      return root;
    },
    routeOf: (alert, centre, now) =>
      plan.routes.find(({ when }) => {
        if (when.hours && !isWithin(when.hours, now, calendar)) return false;
        if (when.atLeast && severityRank(alert.severity) < severityRank(when.atLeast)) return false;
        return (
          (when.domains?.includes(alert.domain) ?? true) &&
          (when.definitions?.includes(alert.definition) ?? true) &&
          (when.centres?.includes(centre) ?? true) &&
          (when.levels?.includes(alert.level) ?? true)
        );
      }) ?? null,
    route: (id) => (id === null ? null : (routes.get(id) ?? null)),
    targets(to, centre, now) {
      if (to !== "unit") return onCall(root, to === "leader" ? "leader" : "duty", now);
      for (let at: string | null | undefined = centre; at; at = centres.get(at)?.parent) {
        const found = onCall(at, "duty", now);
        if (found.length > 0) return found;
      }
      return onCall(root, "duty", now);
    },
    onCall,
    contact: (id) => contacts.get(id),
  };
}

/** Ways that a contact can be reached by. @param pushed true when a browser has subscribed for the contact */
export function channelsOf(contact: Contact, pushed: boolean): Channel[] {
  const ways: [Channel, boolean][] = [
    ["in-app", contact.inApp],
    ["email", contact.email !== undefined],
    ["sms", contact.sms !== undefined],
    ["push", pushed],
    ["webhook", contact.webhook !== undefined],
    ["mqtt", contact.mqtt],
  ];
  return ways.flatMap(([channel, has]) => (has ? [channel] : []));
}
