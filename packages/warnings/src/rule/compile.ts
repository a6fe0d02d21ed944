import { datastreamId } from "@ioc/contracts";
import type { Network, Station, WarningDefinition } from "@ioc/contracts";
import { propertyOf } from "@ioc/statistics/shared";
import type { Readings } from "../engine/recent-readings.ts";
import type { Contacts, Signal, SignalSite } from "../operators/operator.ts";
import { operators } from "../operators/index.ts";
import type { BoundOperator } from "../operators/index.ts";
import type { MachineRule } from "../state/state.ts";
import { compileLevels, milliseconds } from "./levels.ts";
import type { CompiledLevel } from "./levels.ts";

export interface Subject {
  readonly station: Station;
  readonly signals: ReadonlyMap<string, Signal>;
  /** Datastreams of the subject itself: their readings are the times at which the rule is evaluated. */
  readonly own: readonly string[];
  /** Those around it: they change the outcome at these times. */
  readonly around: readonly string[];
}

/** A definition made ready for one network. */
export interface CompiledRule {
  readonly definition: WarningDefinition;
  readonly levels: readonly CompiledLevel[];
  readonly machine: MachineRule;
  /** Its signals change with the clock alone. */
  readonly clockDriven: boolean;
  /** How far back a late or corrected reading is still taken into account, ms: as long as holds and clearings can last. */
  readonly horizon: number;
  readonly subjects: readonly Subject[];
}

/** A signal's operator with its parameters read. */
export interface BoundSignal {
  readonly operator: BoundOperator;
  readonly params: unknown;
}

/** Throws naming the signal when its operator is not known or its parameters cannot be read. */
export function bindSignals(definition: WarningDefinition): Map<string, BoundSignal> {
  return new Map(
    Object.entries(definition.signals).map(([name, { op, ...raw }]) => {
      const found = operators.get(op);
      if (!found) throw new Error(`signal "${name}": there is no operator "${op}"`);
      const parsed = found.params.safeParse(raw);
      if (parsed.success) return [name, { operator: found, params: parsed.data }] as const;
      const issue = parsed.error.issues[0];
      throw new Error(`signal "${name}": ${[issue?.path.join("."), issue?.message].filter(Boolean).join(": ")}`);
    }),
  );
}

/**
 * Stations that a definition watches: of an input's kind, with every property that its signals read of the subject itself
 * and whatever else the operators need. An input whose kind lacks such a property is only read around the subject.
 */
export function subjectsOf(
  definition: WarningDefinition,
  bound: ReadonlyMap<string, BoundSignal>,
  network: Network,
): Station[] {
  const watched = ({ id, kind }: Station) =>
    definition.inputs.some((input) => "kind" in input && input.kind === kind && (input.stations?.includes(id) ?? true));
  const needed = [...bound.values()].flatMap(({ operator, params }) => operator.properties?.(params) ?? []);
  return network.stations.filter(
    (station) =>
      watched(station) &&
      needed.every((property) => propertyOf(network, station, property) !== null) &&
      [...bound.values()].every(({ operator, params }) => operator.applies?.(params, station, network) ?? true),
  );
}

/** Throws an Error that says what is wrong with the definition. */
export function compileRule(
  definition: WarningDefinition,
  network: Network,
  sources: { readings: Readings; contacts: Contacts },
): CompiledRule {
  if (definition.subject !== "station") throw new Error(`subject "${definition.subject}" is not supported`);
  const bound = bindSignals(definition);
  const levels = compileLevels(definition);
  const subjects = buildSubjects(definition, bound, network, sources);
  const clockDriven = subjects.some(({ signals }) => [...signals.values()].some((signal) => signal.clockDriven));
  const staleAfter = milliseconds(definition.staleAfter);
  const clearFor = milliseconds(definition.clearFor);
  const machine: MachineRule = {
    levels: levels.map(({ level, for: duration }) => ({ level, for: duration })),
    clearFor,
    staleAfter,
    lateAfter: clockDriven ? staleAfter : 1.5 * longestPeriod(bound, subjects, network),
    reopenWithin: clearFor,
  };
  const horizon = Math.max(...levels.map((level) => level.for)) + clearFor + staleAfter;
  return { definition, levels, machine, clockDriven, horizon, subjects };
}

function buildSubjects(
  definition: WarningDefinition,
  bound: ReadonlyMap<string, BoundSignal>,
  network: Network,
  sources: { readings: Readings; contacts: Contacts },
): Subject[] {
  const stations = subjectsOf(definition, bound, network);
  const built = new Map<string, ReadonlyMap<string, Signal>>();
  const shared = new Map<string, { at: number; value: unknown }>();
  const site = (station: Station): SignalSite => ({
    station,
    network,
    ...sources,
    staleAfter: milliseconds(definition.staleAfter),
    peers: (name) =>
      stations.flatMap((other) => {
        const signal = built.get(other.id)?.get(name);
        return signal ? [{ station: other, signal }] : [];
      }),
    once: <T>(key: string, at: number, calculate: () => T): T => {
      const before = shared.get(key);
      if (before?.at === at) return before.value as T;
      const value = calculate();
      shared.set(key, { at, value });
      return value;
    },
  });
  for (const station of stations) {
    const at = site(station);
    built.set(
      station.id,
      new Map([...bound].map(([name, { operator, params }]) => [name, operator.build(params, at)])),
    );
  }
  return stations.map((station) => subjectOf(station, built.get(station.id) ?? new Map<string, Signal>()));
}

function subjectOf(station: Station, signals: ReadonlyMap<string, Signal>): Subject {
  const all = new Set([...signals.values()].flatMap((signal) => signal.datastreams));
  const prefix = datastreamId(station.id, "");
  return {
    station,
    signals,
    own: [...all].filter((id) => id.startsWith(prefix)),
    around: [...all].filter((id) => !id.startsWith(prefix)),
  };
}

/** Longest sampling period among the subject's own properties that signals read, ms. */
function longestPeriod(
  bound: ReadonlyMap<string, BoundSignal>,
  subjects: readonly Subject[],
  network: Network,
): number {
  const station = subjects[0]?.station;
  if (!station) return 0;
  const properties = [...bound.values()].flatMap(({ operator, params }) => operator.properties?.(params) ?? []);
  return Math.max(0, ...properties.map((id) => (propertyOf(network, station, id)?.periodSeconds ?? 0) * 1000));
}
