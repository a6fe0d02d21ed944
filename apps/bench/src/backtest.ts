import { join, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { datastreamSpecs, networkOf, readPack } from "@ioc/city-pack";
import type { Network, WarningDefinition } from "@ioc/contracts";
import type { QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { root, seededRandom, temporaryFolder } from "@ioc/testkit";
import { runBacktest } from "@ioc/warnings";
import type { ObservedEvent } from "@ioc/warnings";
import { printTable } from "./table.ts";
import { statisticsWithoutRows } from "./without-rows.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const end = Date.UTC(2026, 9, 22);
const stationCount = 400;

/** Hours of the span in which something happens at a station, from an hour on. */
interface Spell {
  from: number;
  to: number;
}

/** A value in and outside a spell, or null while a station says nothing. */
type Play = (random: () => number, inSpell: boolean) => number | null;

const cases: { rule: string; play: Record<string, Play>; whole: boolean }[] = [
  {
    rule: "w-street-flood",
    whole: false,
    play: { depth: (random, wet) => (wet ? 0.15 + 0.4 * random() : 0.02 * random()) },
  },
  { rule: "w-rain-intensity", whole: false, play: { rain: (random, wet) => (wet ? 20 * random() : 0) } },
  { rule: "w-station-offline", whole: true, play: { "*": (random, silent) => (silent ? null : random()) } },
  // Worked out as a whole, every six hours.
  {
    rule: "w-noise-night",
    whole: true,
    play: { laeq: (random, loud) => (loud ? 70 + 10 * random() : 45 + 5 * random()) },
  },
];

/** The stations that a rule is tried on: as many of its kind as there are, again and again; or those of the city as they are. */
function networkFor(network: Network, definition: WarningDefinition, whole: boolean): Network {
  if (whole) return { ...network, stations: network.stations.slice(0, stationCount) };
  const kinds = new Set(definition.inputs.flatMap((input) => ("kind" in input ? [input.kind] : [])));
  const own = network.stations.filter(({ kind }) => kinds.has(kind));
  const stations = Array.from({ length: stationCount }, (_, i) => {
    const station = own[i % own.length]!;
    return { ...station, id: `${station.id}-${Math.floor(i / own.length) + 1}` };
  });
  return { ...network, stations };
}

/** One spell of two hours in three weeks or so. */
function spellsOf(random: () => number, begin: number): Spell[] {
  const spells: Spell[] = [];
  for (let from = begin + 10 * dayMs * random(); from < end; from += (14 + 14 * random()) * dayMs) {
    spells.push({ from, to: from + 2 * hourMs });
  }
  return spells;
}

async function filled(file: string, network: Network, play: Record<string, Play>, begin: number) {
  const specs = datastreamSpecs(network).filter(({ property }) => play["*"] ?? play[property]);
  const store = await openObservations({ file });
  await store.writer.register(specs);
  const random = seededRandom(7);
  const spells = new Map(network.stations.map(({ id }) => [id, spellsOf(random, begin)]));
  let readings = 0;
  for (const { id, station, property, periodSeconds } of specs) {
    const own = spells.get(station) ?? [];
    const value = play[property] ?? play["*"]!;
    const observations: QualifiedObservation[] = [];
    for (let at = begin; at < end; at += periodSeconds * 1000) {
      const result = value(
        random,
        own.some(({ from, to }) => at >= from && at < to),
      );
      if (result === null) continue;
      observations.push({ datastream: id, phenomenonTime: at, resultTime: at, result, quality: 1, reasons: [] });
    }
    readings += observations.length;
    await store.writer.record(observations);
  }
  while (await store.maintain(end, 50));
  return { store, readings, spells };
}

/** A backtest of one definition over 90 days of 400 stations. */
export async function backtest(days = 90): Promise<void> {
  const begin = end - days * dayMs;
  const { pack } = await readPack(resolve(root, "fixtures/danang"));
  if (!pack) throw new Error("the city pack cannot be read");
  const rows: (string | number)[][] = [];
  for (const { rule, play, whole } of cases) {
    const definition = pack.warnings.find(({ id }) => id === rule);
    if (!definition) throw new Error(`there is no warning ${rule}`);
    const network = networkFor(networkOf(pack), definition, whole);
    using folder = temporaryFolder();
    const { store, readings, spells } = await filled(join(folder.path, "observations.db"), network, play, begin);
    const areaOf = new Map(network.stations.map(({ id, areas }) => [id, areas[network.scheme] ?? null]));
    const events = [...spells].flatMap(([station, own]) =>
      own.map(({ from, to }): ObservedEvent => ({
        hazard: definition.hazard,
        area: areaOf.get(station) ?? null,
        started: from,
        ended: to,
      })),
    );
    const statistics = statisticsWithoutRows(network, store.reader);
    const startedAt = performance.now();
    const used = process.cpuUsage();
    const found = await runBacktest(definition, {
      network,
      reader: store.reader,
      frames: (pipeline, now) => statistics.preview(pipeline, {}, now),
      events,
      from: begin,
      to: end,
      now: end,
      pause: () => nextTurn(),
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(used);
    await store.close();
    if (found.error !== null || found.total === 0) throw new Error(found.error ?? `${rule} raised nothing`);
    const million = (count: number) => (count / 1e6).toFixed(1);
    rows.push([
      rule,
      found.subjects,
      million(readings),
      million(found.evaluations),
      found.total,
      seconds.toFixed(1),
      ((user + system) / 1e6).toFixed(1),
    ]);
  }
  printTable(
    `A backtest of one definition: ${days} days, ${stationCount} stations`,
    ["definition", "stations", "million readings stored", "million evaluations", "alerts", "s (goal ≤ 10)", "CPU s"],
    rows,
  );
}
