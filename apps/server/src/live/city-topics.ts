import {
  familyOf,
  type Alert,
  type Frame,
  type Incident,
  type LatestValue,
  type LivePayloads,
  type Network,
  type Notice,
  type Simulation,
  type StationStatus,
  type Summary,
} from "@ioc/contracts";
import type { QualifiedObservation } from "@ioc/observations";
import { isOpen, type OpenAlerts } from "../alerts/open-alerts.ts";
import type { StationBoard } from "../stations/board.ts";
import type { LiveHub, TopicSource } from "./hub.ts";

interface CityServices {
  network: Network;
  board: StationBoard;
  alerts: OpenAlerts;
  summary(): Summary;
  simulation(): Simulation | null;
  /** Newest frame of a statistic; null when there is none with this id. */
  frame(id: string): Promise<Frame | null>;
  openIncidents(): Promise<Incident[]>;
}

/** Key of the status among the entries of a station topic; no datastream id is without a colon. */
const statusKey = "status";
const onlyKey = "";

/** What the live topics of the city hold. */
export function createCityTopics(services: CityServices): TopicSource {
  const { board, alerts, network } = services;
  const areas = new Set(network.areas.filter((one) => one.scheme === network.scheme).map((one) => one.id));
  return {
    async open(topic) {
      const id = topic.slice(topic.indexOf(":") + 1);
      switch (familyOf(topic)) {
        case "map":
          return new Map(board.statuses().map((status) => [status.id, status]));
        case "summary":
          return new Map([[onlyKey, { summary: services.summary(), simulation: services.simulation() }]]);
        case "station":
          return stationEntries(board, id);
        case "statistic": {
          const frame = await services.frame(id);
          return frame && new Map([[onlyKey, frame]]);
        }
        case "alerts":
          if (id !== "all" && !areas.has(id)) return null;
          return new Map(alerts.in(id).map((alert) => [alert.id, alert]));
        case "incidents":
          return new Map((await services.openIncidents()).map((incident) => [incident.id, incident]));
        case "notifications":
          return new Map();
      }
    },
    payload: (topic, entries) => payloadOf(familyOf(topic), entries),
    isGone(topic, entry) {
      const family = familyOf(topic);
      if (family === "alerts") return !isOpen(entry as Alert);
      return family === "incidents" ? (entry as Incident).state !== "open" : family === "notifications";
    },
  };
}

function stationEntries(board: StationBoard, id: string): Map<string, unknown> | null {
  const status = board.status(id);
  if (!status) return null;
  const entries = new Map<string, unknown>([[statusKey, status]]);
  for (const stream of board.streamsOf(id)) if (stream.latest) entries.set(stream.id, stream.latest);
  return entries;
}

function payloadOf(family: keyof LivePayloads, entries: ReadonlyMap<string, unknown>): LivePayloads[typeof family] {
  const values = [...entries.values()];
  switch (family) {
    case "map":
      return { stations: values as StationStatus[] };
    case "summary":
      return values[0] as LivePayloads["summary"];
    case "statistic":
      return { frame: values[0] as Frame };
    case "alerts":
      return { alerts: values as Alert[] };
    case "incidents":
      return { incidents: values as Incident[] };
    case "notifications":
      return { notices: values as Notice[] };
    case "station": {
      const status = (entries.get(statusKey) as StationStatus | undefined) ?? null;
      const observations = [...entries].flatMap(([key, value]) => (key === statusKey ? [] : [value as LatestValue]));
      return { observations, status };
    }
  }
}

/** Tells the hub what happened in the city. */
export interface CityNews {
  statuses(changed: readonly StationStatus[]): void;
  /** What a commit brought; the board has taken it in already. */
  observations(observations: readonly QualifiedObservation[]): void;
  alerts(changed: readonly Alert[]): void;
  summary(summary: Summary, simulation: Simulation | null): void;
  frame(frame: Frame): void;
  incidents(changed: readonly Incident[]): void;
  notice(notice: Notice): void;
}

export function createCityNews(hub: LiveHub, board: StationBoard, alerts: OpenAlerts): CityNews {
  return {
    statuses(changed) {
      for (const status of changed) {
        hub.publish("map", status.id, status);
        hub.publish(`station:${status.id}`, statusKey, status);
      }
    },
    observations(observations) {
      if (!hub.hasOpen("station")) return;
      for (const one of observations) {
        const topic = `station:${one.datastream.slice(0, one.datastream.lastIndexOf(":"))}` as const;
        const newest = hub.isOpen(topic) ? board.newestIn(one) : null;
        if (newest) hub.publish(topic, newest.datastream, newest);
      }
    },
    alerts(changed) {
      for (const alert of changed) {
        if (alert.condition === "pending") continue;
        for (const area of ["all", ...alerts.areasOf(alert)]) hub.publish(`alerts:${area}`, alert.id, alert);
      }
    },
    summary: (summary, simulation) => hub.publish("summary", onlyKey, { summary, simulation }),
    frame: (frame) => hub.publish(`statistic:${frame.statistic}`, onlyKey, frame),
    incidents(changed) {
      for (const incident of changed) hub.publish("incidents", incident.id, incident);
    },
    notice(notice) {
      if (notice.channel === "in-app" && notice.state === "sent") hub.publish("notifications", `${notice.id}`, notice);
    },
  };
}
