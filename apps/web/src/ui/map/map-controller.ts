import { Map as MapLibre, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, LngLatBoundsLike, MapMouseEvent } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { FeatureCollection } from "geojson";
import type { Theme } from "@ioc/charts/tokens";
import type { Severity } from "@ioc/contracts/severity";
import { severityRank } from "@ioc/contracts/severity";
import { drawImage } from "./station-image.ts";
import { changesBetween, stationFeature, topRank } from "./station-features.ts";
import type { MapStation, StationFeature } from "./station-features.ts";
import { mapStyle } from "./style.ts";

setWorkerUrl(workerUrl);

/** [south, west, north, east]. */
export type Box = readonly [number, number, number, number];

export interface ControllerOptions {
  container: HTMLElement;
  theme: Theme;
  box: Box;
  /** 1 on desks; the wall draws everything larger. */
  scale: number;
  interactive: boolean;
  /** Words of the map's own controls, by MapLibre's keys. */
  locale: Record<string, string>;
  onSelect: (station: string) => void;
  onArea: (area: string) => void;
  onView: (box: Box) => void;
  onLost: () => void;
}

const stationLayerIds = ["top", "station"];

function boundsOf([south, west, north, east]: Box): LngLatBoundsLike {
  return [
    [west, south],
    [east, north],
  ];
}

/** The city with sea and hills around it: the camera does not leave it. */
function outerBounds([south, west, north, east]: Box): LngLatBoundsLike {
  const height = north - south;
  const width = east - west;
  return boundsOf([south - height * 0.7, west - width * 0.9, north + height * 0.7, east + width * 0.9]);
}

/** Owns one MapLibre map for its lifetime: sources, pictures, selection and camera. Throws when WebGL is missing. */
export class MapController {
  readonly #map: MapLibre;
  readonly #options: ControllerOptions;
  readonly #ready: Promise<void>;
  readonly #shown = { stations: new Map<string, StationFeature>(), top: new Map<string, StationFeature>() };
  #wanted: readonly MapStation[] | null = null;
  #drawing = false;
  #removed = false;
  #selected: string | null = null;
  #ranks = new Map<string, number>();
  #padding = 24;

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#map = new MapLibre({
      container: options.container,
      style: mapStyle(options.theme, options.scale),
      bounds: boundsOf(options.box),
      fitBoundsOptions: { padding: this.#padding },
      maxBounds: outerBounds(options.box),
      maxZoom: 17,
      interactive: options.interactive,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      renderWorldCopies: false,
      locale: options.locale,
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.setMissingStyleImageResolver((id) => this.#addImage(id));
    this.#ready = new Promise((resolve) => this.#map.once("load", () => resolve()));
    this.#map.on("moveend", () => this.#tellView());
    this.#map.on("webglcontextlost", () => options.onLost());
    if (options.interactive) this.#listen();
    void this.#ready.then(() => this.#tellView());
  }

  /** Basemap, area shapes (feature `id` = area id) and names in words. */
  async setBase(base: FeatureCollection, areas: FeatureCollection, names: FeatureCollection): Promise<void> {
    await this.#ready;
    await Promise.all([
      this.#source("base").setData(base),
      this.#source("areas").setData(areas),
      this.#source("names").setData(names),
    ]);
    this.#paintRanks(new Map(), this.#ranks);
  }

  /** Draws these stations. One change at a time reaches the map; while it works, only the newest wish is kept. */
  async setStations(stations: readonly MapStation[]): Promise<void> {
    this.#wanted = stations;
    if (this.#drawing) return;
    this.#drawing = true;
    await this.#ready;
    try {
      while (this.#wanted && !this.#removed) {
        const wanted: readonly MapStation[] = this.#wanted;
        this.#wanted = null;
        await this.#draw(wanted);
      }
    } finally {
      this.#drawing = false;
    }
  }

  /** Sends what changed since the last drawing. */
  async #draw(stations: readonly MapStation[]): Promise<void> {
    const next = { stations: new Map<string, StationFeature>(), top: new Map<string, StationFeature>() };
    for (const station of stations) {
      const feature = stationFeature(station);
      next[feature.properties.rank >= topRank ? "top" : "stations"].set(station.id, feature);
    }
    for (const name of ["stations", "top"] as const) {
      const { add, remove } = changesBetween(this.#shown[name], next[name]);
      if (add.length === 0 && remove.length === 0) continue;
      await this.#source(name).updateData({ remove: [...remove, ...add.map((feature) => feature.properties.id)], add });
      this.#shown[name] = next[name];
    }
    this.#paintSelection();
    if (stations.length > 0) this.#sayDrawn();
  }

  /** Marks the container once everything has been drawn for the first time. */
  #sayDrawn(): void {
    const { container } = this.#options;
    if (container.dataset["drawn"] === undefined) this.#map.once("idle", () => (container.dataset["drawn"] = "true"));
  }

  /** Shades areas by the worst severity of their open alerts. */
  async setAreaSeverities(severities: ReadonlyMap<string, Severity>): Promise<void> {
    const before = this.#ranks;
    this.#ranks = new Map([...severities].map(([area, severity]) => [area, severityRank(severity)]));
    await this.#ready;
    this.#paintRanks(before, this.#ranks);
  }

  /** Marks one station; null takes the mark away. */
  async setSelected(station: string | null): Promise<void> {
    await this.#ready;
    const before = this.#selected;
    this.#selected = station;
    if (before !== null && before !== station) this.#mark(before, false);
    this.#paintSelection();
  }

  async setChosenArea(area: string | null): Promise<void> {
    await this.#ready;
    this.#map.setFilter("chosen-area", ["==", ["get", "id"], area ?? ""]);
  }

  /** Moves the camera to a box (whole areas) or a point. */
  show(target: { box: Box } | { lon: number; lat: number; zoom?: number }): void {
    if ("box" in target) {
      this.#map.fitBounds(boundsOf(target.box), { padding: this.#padding, maxZoom: 14, duration: 600 });
    } else {
      const zoom = Math.max(this.#map.getZoom(), target.zoom ?? 12);
      this.#map.easeTo({ center: [target.lon, target.lat], zoom, duration: 600 });
    }
  }

  zoomBy(step: number): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + step, duration: 200 });
  }

  fit(): void {
    this.show({ box: this.#options.box });
  }

  resize(): void {
    this.#map.resize();
  }

  remove(): void {
    this.#removed = true;
    this.#map.remove();
  }

  #source(name: string): GeoJSONSource {
    return this.#map.getSource<GeoJSONSource>(name)!;
  }

  #addImage(id: string): void {
    if (this.#map.hasImage(id)) return;
    const image = drawImage(id, this.#options.theme, 24 * this.#options.scale, 2);
    if (image) this.#map.addImage(id, image, { pixelRatio: 2 });
  }

  #paintRanks(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
    for (const area of before.keys()) if (!after.has(area)) this.#map.removeFeatureState({ source: "areas", id: area });
    for (const [area, rank] of after) this.#map.setFeatureState({ source: "areas", id: area }, { rank });
  }

  #paintSelection(): void {
    if (this.#selected !== null) this.#mark(this.#selected, true);
  }

  #mark(station: string, selected: boolean): void {
    for (const source of ["stations", "top"]) this.#map.setFeatureState({ source, id: station }, { selected });
  }

  #tellView(): void {
    const bounds = this.#map.getBounds();
    this.#options.onView([bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()]);
  }

  #listen(): void {
    for (const layer of [...stationLayerIds, "cluster"]) {
      this.#map.on("mouseenter", layer, () => (this.#map.getCanvas().style.cursor = "pointer"));
      this.#map.on("mouseleave", layer, () => (this.#map.getCanvas().style.cursor = ""));
    }
    this.#map.on("click", (event) => void this.#onClick(event));
  }

  async #onClick(event: MapMouseEvent): Promise<void> {
    const hit = (layers: string[]) => this.#map.queryRenderedFeatures(event.point, { layers })[0];
    const station = hit(stationLayerIds);
    if (station) return this.#options.onSelect(String(station.properties["id"]));
    const cluster = hit(["cluster"]);
    if (cluster) {
      const zoom = await this.#source("stations").getClusterExpansionZoom(Number(cluster.properties["cluster_id"]));
      this.#map.easeTo({ center: event.lngLat, zoom: zoom + 0.3, duration: 600 });
      return;
    }
    const area = hit(["area-land"]);
    if (area) this.#options.onArea(String(area.properties["id"]));
  }
}
