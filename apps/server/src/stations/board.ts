import {
  datastreamId,
  severityRank,
  type Alert,
  type Datastream,
  type LatestValue,
  type Network,
  type Severity,
  type StationStatus,
  type Summary,
} from "@ioc/contracts";
import type { Change, DatastreamSpec, QualifiedObservation } from "@ioc/observations";
import { stateOf } from "./state.ts";

/** Real milliseconds that a reading may take from the station to here. */
const deliveryMs = 5000;

interface Stream {
  datastream: Omit<Datastream, "latest">;
  periodMs: number;
  newest: LatestValue | QualifiedObservation | null;
  /** Null only while the board is made. */
  owner: Station | null;
}

interface Station {
  id: string;
  primary: Stream | undefined;
  others: Stream[];
  streams: Stream[];
  alerts: Map<string, Severity>;
  status: StationStatus;
  /** Something changed since the last sweep. */
  touched: boolean;
}

/** Newest value of every datastream and what the map shows of every station, kept in memory and always current. */
export interface StationBoard {
  /** Starts from what is stored. */
  load(latest: readonly LatestValue[], openAlerts: readonly Alert[], now: number): void;
  /** Takes in a commit. */
  observe(change: Change): void;
  /** Shows what is stored now of datastreams of which readings were removed. */
  reload(datastreams: readonly string[], latest: readonly LatestValue[]): void;
  /** The newest value of a datastream among those of a commit; null when the commit brought none that is shown. */
  newestIn(observation: QualifiedObservation): LatestValue | null;
  /** Takes in alerts that changed. */
  observeAlerts(alerts: readonly Alert[]): void;
  /** Works out the status of stations that changed since the last sweep, or of all when `all`. Answers those that differ. */
  sweep(now: number, all: boolean): StationStatus[];
  status(station: string): StationStatus | undefined;
  statuses(): StationStatus[];
  datastream(id: string): Datastream | undefined;
  datastreams(): Iterable<Datastream>;
  streamsOf(station: string): Datastream[];
  counts(): Summary["stations"];
  /** phenomenonTime of the newest accepted reading. */
  dataTime(): number | null;
}

/**
 * @param specs Datastreams of the network, as they are registered with the store.
 * @param sampling Stations report this many times as often as the catalogue says, interval totals excepted.
 * @param speed City seconds per real second; readings of a fast city arrive in larger steps of city time.
 */
export function createStationBoard(options: {
  network: Network;
  specs: readonly DatastreamSpec[];
  sampling: number;
  speed: number;
}): StationBoard {
  const { network } = options;
  const streams = streamsOf(options.network, options.specs, options.sampling);
  const stations = stationsOf(network, streams);
  let newest: number | null = null;

  /** The value is kept as it is, not copied: commits of many thousand readings pass here. */
  const take = (value: LatestValue | QualifiedObservation): void => {
    const stream = streams.get(value.datastream);
    if (!stream) return;
    if (stream.newest && stream.newest.phenomenonTime > value.phenomenonTime) return;
    stream.newest = value;
    if (stream.owner) stream.owner.touched = true;
    // A station whose clock is fast is marked; its times say nothing about the city.
    const sound = value.quality <= 2 && !value.reasons.includes("skew");
    if (sound && (newest === null || value.phenomenonTime > newest)) newest = value.phenomenonTime;
  };

  const sweep: StationBoard["sweep"] = (now, all) => {
    const changed: StationStatus[] = [];
    for (const station of stations.values()) {
      if (!all && !station.touched) continue;
      station.touched = false;
      const status = statusOf(station, now, deliveryMs * options.speed);
      if (same(status, station.status)) continue;
      station.status = status;
      changed.push(status);
    }
    return changed;
  };

  const observeAlerts = (alerts: readonly Alert[]) => {
    for (const alert of alerts) {
      if (alert.subject.type !== "station") continue;
      const station = stations.get(alert.subject.id);
      if (!station) continue;
      if (alert.condition === "firing" || alert.condition === "recovering")
        station.alerts.set(alert.id, alert.severity);
      else station.alerts.delete(alert.id);
      station.touched = true;
    }
  };

  return {
    load(latest, openAlerts, now) {
      for (const value of latest) take(value);
      observeAlerts(openAlerts);
      sweep(now, true);
    },
    observe(change) {
      for (const one of change.observations) take(one);
    },
    reload(datastreams, latest) {
      for (const id of datastreams) {
        const stream = streams.get(id);
        if (!stream) continue;
        stream.newest = null;
        if (stream.owner) stream.owner.touched = true;
      }
      for (const value of latest) take(value);
    },
    newestIn(observation) {
      const shown = streams.get(observation.datastream)?.newest === observation;
      return shown ? latestOf(observation) : null;
    },
    observeAlerts,
    sweep,
    status: (id) => stations.get(id)?.status,
    statuses: () => [...stations.values()].map((station) => station.status),
    datastream(id) {
      const stream = streams.get(id);
      return stream && shownOf(stream);
    },
    datastreams: () => streams.values().map(shownOf),
    streamsOf: (id) => stations.get(id)?.streams.map(shownOf) ?? [],
    counts: () => countsOf(stations.values()),
    dataTime: () => newest,
  };
}

function shownOf({ datastream, newest }: Stream): Datastream {
  return { ...datastream, latest: newest && latestOf(newest) };
}

/** Without the fields that only the store needs. */
function latestOf({ datastream, phenomenonTime, result, quality, reasons }: LatestValue | QualifiedObservation) {
  return { datastream, phenomenonTime, result, quality, reasons: [...reasons] };
}

function streamsOf(network: Network, specs: readonly DatastreamSpec[], sampling: number): Map<string, Stream> {
  const properties = new Map(
    network.kinds.flatMap((kind) =>
      kind.properties.map((property) => [`${kind.id} ${property.id}`, property] as const),
    ),
  );
  const kindOf = new Map(network.stations.map((station) => [station.id, station.kind]));
  const streams = new Map<string, Stream>();
  for (const spec of specs) {
    const property = properties.get(`${kindOf.get(spec.station)} ${spec.property}`);
    if (!property) continue;
    const periodSeconds = spec.kind === "total" ? spec.periodSeconds : spec.periodSeconds / sampling;
    const datastream = { id: spec.id, station: spec.station, property, periodSeconds };
    streams.set(spec.id, { datastream, periodMs: periodSeconds * 1000, newest: null, owner: null });
  }
  return streams;
}

function stationsOf(network: Network, streams: ReadonlyMap<string, Stream>): Map<string, Station> {
  const primaryOf = new Map(network.kinds.map((kind) => [kind.id, kind.primary]));
  const byStation = Map.groupBy(streams.values(), (stream) => stream.datastream.station);
  return new Map(
    network.stations.map((station) => {
      const own = byStation.get(station.id) ?? [];
      const primary = streams.get(datastreamId(station.id, primaryOf.get(station.kind) ?? ""));
      const status: StationStatus = {
        id: station.id,
        state: "unknown",
        time: null,
        value: null,
        quality: null,
        severity: null,
        openAlerts: 0,
      };
      const others = own.filter((stream) => stream !== primary);
      const alerts = new Map<string, Severity>();
      const made: Station = { id: station.id, primary, others, streams: own, alerts, status, touched: false };
      for (const stream of own) stream.owner = made;
      return [station.id, made];
    }),
  );
}

function statusOf(station: Station, now: number, allowanceMs: number): StationStatus {
  const latest = station.primary?.newest ?? null;
  const primary =
    station.primary && latest
      ? { time: latest.phenomenonTime, periodMs: station.primary.periodMs, quality: latest.quality }
      : null;
  const others = station.others.flatMap(({ newest, periodMs }) =>
    newest ? [{ time: newest.phenomenonTime, periodMs }] : [],
  );
  const times = [...others.map((one) => one.time), ...(primary ? [primary.time] : [])];
  let severity: Severity | null = null;
  for (const one of station.alerts.values()) if (severityRank(one) > severityRank(severity)) severity = one;
  return {
    id: station.id,
    state: stateOf(primary, others, now, allowanceMs),
    time: times.length > 0 ? Math.max(...times) : null,
    value: latest?.result ?? null,
    quality: latest?.quality ?? null,
    severity,
    openAlerts: station.alerts.size,
  };
}

function same(a: StationStatus, b: StationStatus): boolean {
  return (
    a.state === b.state &&
    a.time === b.time &&
    a.value === b.value &&
    a.quality === b.quality &&
    a.severity === b.severity &&
    a.openAlerts === b.openAlerts
  );
}

function countsOf(stations: Iterable<Station>): Summary["stations"] {
  const counts: Summary["stations"] = {
    total: 0,
    normal: 0,
    late: 0,
    stale: 0,
    offline: 0,
    maintenance: 0,
    doubtful: 0,
    unknown: 0,
  };
  for (const { status } of stations) {
    counts.total += 1;
    counts[status.state] += 1;
  }
  return counts;
}
