import { calendarOf, emergencyLevel } from "@ioc/contracts";
import type { Alert, LocalCalendar, Network, SuppressedBy, SuppressionRule, WarningDefinition } from "@ioc/contracts";
import { matches } from "./matcher.ts";
import { windowAt } from "./windows.ts";

/** A suppression that may be in force. */
export interface KeptRule {
  readonly id: string;
  readonly rule: SuppressionRule;
}

/** What suppressions are held against. */
export interface SuppressionCity {
  /** Scheme in use. */
  readonly scheme: string;
  readonly calendar: LocalCalendar;
  /** Definitions whose open alerts say that their subject is out of contact. */
  readonly outages: ReadonlySet<string>;
  /** Station by which a station reaches us. */
  readonly gateways: ReadonlyMap<string, string>;
}

export function suppressionCityOf(network: Network, definitions: readonly WarningDefinition[]): SuppressionCity {
  return {
    scheme: network.scheme,
    calendar: calendarOf(network.timezone),
    outages: new Set(definitions.filter(({ outage }) => outage === true).map(({ id }) => id)),
    gateways: new Map(
      network.stations.flatMap(({ id, attributes }) =>
        typeof attributes["gateway"] === "string" ? [[id, attributes["gateway"]] as const] : [],
      ),
    ),
  };
}

type Inhibition = Extract<SuppressionRule, { kind: "inhibition" }>;

/**
 * What suppresses each of the alerts that are open, at a time; ids in the order of the rules. Pure: the same alerts, rules and
 * time give the same answer, whatever was suppressed before. Emergencies pass all but a shelf and rules that say otherwise.
 */
export function suppressionsOf(
  open: readonly Alert[],
  rules: readonly KeptRule[],
  city: SuppressionCity,
  now: number,
): Map<string, SuppressedBy[]> {
  const byDefinition = Map.groupBy(open, ({ definition }) => definition);
  const out = new Map<string, Alert>();
  for (const definition of city.outages) {
    for (const alert of byDefinition.get(definition) ?? []) out.set(subjectKey(alert.subject), alert);
  }
  return new Map(
    open.map((alert) => {
      const found = [
        ...outageOf(alert, out, city),
        ...rules.flatMap((kept) => ruleOn(alert, kept, byDefinition, city, now)),
        ...shelfOf(alert, now),
      ];
      return [alert.id, found];
    }),
  );
}

function ruleOn(
  alert: Alert,
  { id, rule }: KeptRule,
  byDefinition: ReadonlyMap<string, readonly Alert[]>,
  city: SuppressionCity,
  now: number,
): SuppressedBy[] {
  if (alert.level >= emergencyLevel && !rule.emergencies) return [];
  switch (rule.kind) {
    case "silence":
      if (now < rule.from || now >= rule.until || !matches(rule.matcher, alert, city.scheme)) return [];
      return [{ kind: "silence", id, alert: null, until: rule.until }];
    case "maintenance": {
      const until = windowAt(rule, now, city.calendar);
      if (until === null || !matches(rule.matcher, alert, city.scheme)) return [];
      return [{ kind: "maintenance", id, alert: null, until }];
    }
    case "inhibition": {
      if (!rule.target.definitions.includes(alert.definition)) return [];
      const source = byDefinition
        .get(rule.source.definition)
        ?.find((other) => other.level >= rule.source.level && isTogether(rule, other, alert, city.scheme));
      return source ? [{ kind: "inhibition", id, alert: source.id, until: null }] : [];
    }
  }
}

/** Whether an inhibition's source and target are at the same place. An alert never inhibits itself. */
export function isTogether(
  rule: Inhibition,
  source: Pick<Alert, "id" | "subject" | "areas">,
  target: Pick<Alert, "id" | "subject" | "areas">,
  scheme: string,
): boolean {
  if (source.id === target.id) return false;
  if (rule.same === "subject") return subjectKey(source.subject) === subjectKey(target.subject);
  const narrowest = source.areas[scheme]?.[0];
  return narrowest !== undefined && target.areas[scheme]?.[0] === narrowest;
}

function outageOf(
  alert: Alert,
  out: ReadonlyMap<string, Alert>,
  { outages, gateways }: SuppressionCity,
): SuppressedBy[] {
  if (alert.level >= emergencyLevel) return [];
  const { type, id } = alert.subject;
  const own = outages.has(alert.definition) ? undefined : out.get(subjectKey(alert.subject));
  const gateway = type === "station" ? gateways.get(id) : undefined;
  const source = own ?? (gateway === undefined ? undefined : out.get(subjectKey({ type, id: gateway })));
  return source ? [{ kind: "outage", id: source.definition, alert: source.id, until: null }] : [];
}

function shelfOf({ id, handling: { shelvedUntil } }: Alert, now: number): SuppressedBy[] {
  return shelvedUntil !== null && shelvedUntil > now ? [{ kind: "shelved", id, alert: null, until: shelvedUntil }] : [];
}

function subjectKey({ type, id }: Alert["subject"]): string {
  return `${type} ${id}`;
}
