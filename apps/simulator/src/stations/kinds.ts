import type { World } from "../world/world.ts";
import { airQuality, airSensor } from "./air-kinds.ts";
import { buildingEnergy, fireAlarm, lighting, technical } from "./city-kinds.ts";
import { parking, trafficCounter } from "./traffic-kinds.ts";
import type { KindModel, Samplers } from "./sampler.ts";
import {
  drinkingWater,
  floodTower,
  lakeLevel,
  pumpStation,
  reservoir,
  riverLevel,
  salinity,
  seaState,
  streetFlood,
  tideGauge,
  wastewater,
  waterQuality,
} from "./water-kinds.ts";
import { bridgeWind, forestFire, landfill, landslide, noiseMeter, rainGauge, weatherStation } from "./weather-kinds.ts";

/** How the stations of each kind behave. A kind that is not here reports heartbeat and supply only. */
const kindModels: Readonly<Record<string, KindModel>> = {
  "air-quality": airQuality,
  "air-sensor": airSensor,
  noise: noiseMeter,
  "rain-gauge": rainGauge,
  weather: weatherStation,
  "street-flood": streetFlood,
  "flood-tower": floodTower,
  "river-level": riverLevel,
  reservoir,
  tide: tideGauge,
  "sea-state": seaState,
  "water-quality": waterQuality,
  salinity,
  "drinking-water": drinkingWater,
  wastewater,
  landfill,
  "traffic-counter": trafficCounter,
  parking,
  lighting,
  "building-energy": buildingEnergy,
  "pump-station": pumpStation,
  "lake-level": lakeLevel,
  "forest-fire": forestFire,
  landslide,
  "fire-alarm": fireAlarm,
  "bridge-wind": bridgeWind,
};

/** Samplers of every station of a world, in the order of its stations. */
export function samplersOf(world: World): Samplers[] {
  const counts = new Map<string, number>();
  return world.stations.map((station, item) => {
    const index = counts.get(station.kind) ?? 0;
    counts.set(station.kind, index + 1);
    const site = world.sites[item] ?? { lat: station.lat, lon: station.lon, item, elevationM: 0, exposure: 1 };
    const subject = { world, station, item, index, site };
    return { ...kindModels[station.kind]?.(subject), ...technical(subject) };
  });
}
