import { existsSync } from "node:fs";
import { datastreamId } from "@ioc/contracts";
import { beforeAll, describe, expect, test } from "vitest";
import { polygonsOf } from "./geometry.ts";
import type { Geometry, Position } from "./geometry.ts";
import { datastreamSpecs, networkOf } from "./network.ts";
import type { CityPack } from "./pack.ts";
import { readPack } from "./read-pack.ts";
import { danang, testPack } from "./test-pack.ts";
import { isUcum } from "./ucum.ts";

let pack: CityPack;

beforeAll(async () => {
  using folder = testPack();
  const read = await readPack(folder.path);
  expect(read.problems).toEqual([]);
  if (!read.pack) throw new Error("no pack");
  pack = read.pack;
});

test("the pack as it stands, with its statistics, warnings and scenarios, has no problems", async () => {
  expect(existsSync(danang)).toBe(true);
  expect((await readPack(danang)).problems).toEqual([]);
});

describe("the network plan", () => {
  test("26 kinds, 524 sites, 25 reference tables", () => {
    expect(pack.kinds).toHaveLength(26);
    expect(pack.stations).toHaveLength(524);
    expect(Object.keys(pack.reference)).toHaveLength(25);
  });

  test("the merged city sees all 524 stations and 2,727 datastreams", () => {
    const network = networkOf(pack);
    expect(network.scheme).toBe("dn-2025");
    expect(network.stations).toHaveLength(524);
    expect(datastreamSpecs(network)).toHaveLength(2727);
  });

  test("the city of 8 districts sees 391 stations inside and 14 upstream feeds of others", () => {
    const network = networkOf(pack, "dn-2024");
    expect(network.stations).toHaveLength(405);
    expect(network.stations.filter((station) => station.areas["dn-2024"] === undefined)).toHaveLength(14);
    expect(
      network.stations.every((station) => station.areas["dn-2024"] ?? station.externalTo.includes("dn-2024")),
    ).toBe(true);
  });

  test("an unknown scheme is refused", () => {
    expect(() => networkOf(pack, "dn-1997")).toThrow('no scheme "dn-1997"');
  });

  test("how long a property is kept reaches the store", () => {
    const specs = datastreamSpecs(networkOf(pack));
    const of = (property: string) => specs.find((spec) => spec.property === property)?.retention;
    expect(of("heartbeat")).toEqual({ rawDays: 365, rollupDays: 730 });
    expect(of("temp")).toBeUndefined();
  });

  test("every station reports heartbeat and supply voltage as technical properties", () => {
    for (const kind of pack.kinds) {
      expect(kind.properties.filter((property) => property.technical).map((property) => property.id)).toEqual([
        "heartbeat",
        "battery_v",
      ]);
    }
  });

  test("datastream ids are unique, units are UCUM and periods are positive", () => {
    const specs = datastreamSpecs(networkOf(pack));
    expect(new Set(specs.map((spec) => spec.id)).size).toBe(specs.length);
    for (const spec of specs) {
      expect(spec.id).toBe(datastreamId(spec.station, spec.property));
      expect(isUcum(spec.unit)).toBe(true);
      expect(spec.periodSeconds).toBeGreaterThanOrEqual(60);
    }
  });

  test("what the statistics need of a site is there", () => {
    const needed: Record<string, string[]> = {
      parking: ["capacity"],
      "traffic-counter": ["lanes", "capacity_pcu_h", "free_flow_kmh"],
      "street-flood": ["drain_mm_h", "catchment_km2"],
      "lake-level": ["spill_level_m", "normal_level_m", "area_m2"],
      "pump-station": ["pumps", "capacity_m3_h"],
      lighting: ["lamps", "rated_kw"],
      reservoir: ["normal_level_m", "dead_level_m", "normal_volume_mm3"],
      noise: ["zone"],
    };
    for (const station of pack.stations) {
      for (const name of needed[station.kind] ?? []) expect(station.attributes, station.id).toHaveProperty(name);
    }
  });

  test("a reservoir says the same of itself as its reference table", () => {
    const items = pack.reference["reservoirs"]?.["items"] as Record<string, Record<string, number>>;
    for (const [id, row] of Object.entries(items)) {
      const attributes = pack.stations.find((station) => station.id === id)?.attributes;
      expect([id, attributes?.["dead_level_m"], attributes?.["normal_level_m"]]).toEqual([
        id,
        row["dead"],
        row["normal"],
      ]);
    }
  });
});

describe("areas", () => {
  const ofLevel = (scheme: string, level: string) =>
    pack.areas.filter((area) => area.scheme === scheme && area.level === level);

  test("8 districts and 47 wards before July 2025, 94 units since", () => {
    expect([ofLevel("dn-2024", "district").length, ofLevel("dn-2024", "ward").length]).toEqual([8, 47]);
    expect(ofLevel("dn-2025", "ward")).toHaveLength(94);
    expect([ofLevel("dn-2024", "city").length, ofLevel("dn-2025", "city").length]).toEqual([1, 1]);
  });

  test("each old ward carries its history to one of the 15 mainland units that lie in the old city", () => {
    const successors = new Set(ofLevel("dn-2024", "ward").map((area) => area.successor));
    expect(successors.size).toBe(15);
  });

  test("Hoàng Sa is offshore in both schemes", () => {
    const offshore = pack.areas
      .filter((area) => area.offshore)
      .map((area) => `${area.scheme}/${area.id} ${area.name.vi}`);
    expect(offshore).toEqual(["dn-2024/498 Hoàng Sa", "dn-2025/20333 Hoàng Sa"]);
  });
});

describe("shapes", () => {
  const ringsOf = (scheme: string, id: string): Position[][] => {
    const feature = pack.shapes[scheme]?.features.find((item) => item.id === id);
    return polygonsOf(feature?.geometry as Geometry).flat();
  };
  const edges = (rings: Position[][]): string[] =>
    rings.flatMap((ring) => ring.slice(1).map((to, at) => `${String(ring[at])} ${String(to)}`));

  test("every area of both schemes has one, marked approximate", () => {
    for (const scheme of pack.schemes) {
      const features = pack.shapes[scheme.id]?.features ?? [];
      const ids = pack.areas.filter((area) => area.scheme === scheme.id).map((area) => area.id);
      expect(features.map((feature) => feature.id).sort()).toEqual(ids.sort());
      expect(features.every((feature) => feature.properties["approximate"] === true)).toBe(true);
    }
    expect(pack.boundaries).toBe("approximate");
  });

  test.each(["dn-2025", "dn-2024"])(
    "units of %s share their borders: an inner edge is met once from each side",
    (scheme) => {
      const narrow = pack.areas.filter((area) => area.scheme === scheme && area.level === "ward" && !area.offshore);
      const all = narrow.flatMap((area) => edges(ringsOf(scheme, area.id)));
      const met = new Set(all);
      expect(met.size).toBe(all.length);
      const outer = all.filter((edge) => !met.has(edge.split(" ").toReversed().join(" ")));
      const city = new Set(edges(ringsOf(scheme, "48")));
      expect(outer.filter((edge) => !city.has(edge))).toEqual([]);
    },
  );

  test("at least 95 of 100 stations lie in the shape of the unit that they name", () => {
    const inside = pack.stations.filter((station) => {
      const rings = ringsOf("dn-2025", station.areas["dn-2025"] ?? "");
      return rings.filter((ring) => contains(ring, station.lon, station.lat)).length % 2 === 1;
    });
    expect(inside.length / pack.stations.length).toBeGreaterThan(0.945);
  });
});

describe("base map", () => {
  test("names the archipelagos and the sea in both languages", () => {
    const names = pack.basemap.features.map((feature) => feature.properties["name"]);
    expect(names).toContainEqual({ vi: "Quần đảo Hoàng Sa", en: "Hoàng Sa (Paracel) Archipelago" });
    expect(names).toContainEqual({ vi: "Quần đảo Trường Sa", en: "Trường Sa (Spratly) Archipelago" });
    expect(names).toContainEqual({ vi: "Biển Đông", en: "East Sea" });
  });

  test("a river passes within 600 m of every river gauge", () => {
    const lines = pack.basemap.features
      .filter((feature) => feature.properties["layer"] === "river")
      .map((feature) => feature.geometry.coordinates as Position[]);
    for (const gauge of pack.stations.filter((station) => station.kind === "river-level")) {
      const away = Math.min(
        ...lines.flatMap((line) => line.slice(1).map((to, at) => metres(gauge, line[at] ?? to, to))),
      );
      expect(away, gauge.id).toBeLessThan(600);
    }
  });
});

function contains(ring: Position[], x: number, y: number): boolean {
  let inside = false;
  for (let at = 1; at < ring.length; at += 1) {
    const [x0, y0] = ring[at - 1] ?? [0, 0];
    const [x1, y1] = ring[at] ?? [0, 0];
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
  }
  return inside;
}

function metres({ lat, lon }: { lat: number; lon: number }, a: Position, b: Position): number {
  const shrink = Math.cos((lat * Math.PI) / 180);
  const [ax, ay, bx, by] = [(a[0] - lon) * shrink, a[1] - lat, (b[0] - lon) * shrink, b[1] - lat];
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
  return Math.hypot(ax + share * dx, ay + share * dy) * 111_000;
}
