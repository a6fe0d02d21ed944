import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { requireSharedData, sharedData, temporaryFolder } from "@ioc/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, testKey } from "../testing/start-test-server.ts";
import { differing, expectedOf, notTaken, refusedTypes, taken, type Json } from "./testing/expected.ts";
import { writeLabPack } from "./testing/lab-pack.ts";

const data = "messages-ngsi-ld";

const isAvailable = requireSharedData(data);
const folders = isAvailable
  ? readdirSync(sharedData(data), { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .flatMap((domain) =>
        readdirSync(sharedData(data, domain.name), { withFileTypes: true })
          .filter((one) => one.isDirectory())
          .map((one) => [one.name, sharedData(data, domain.name, one.name)] as const),
      )
  : [];

/** Differences that were met. */
const found = new Set<string>();

describe.skipIf(!isAvailable)("the examples of smart-data-models", () => {
  let server: Awaited<ReturnType<typeof startTestServer>>;
  let folder: ReturnType<typeof temporaryFolder>;
  const stations = new Map<string, string[]>();

  beforeAll(async () => {
    folder = temporaryFolder();
    writeLabPack(folder.path);
    server = await startTestServer({ IOC_CITY: folder.path });
    const listed = (await server.call("/api/v1/stations?limit=1000")).json() as {
      items: { id: string; kind: string }[];
    };
    for (const { id, kind } of listed.items) stations.set(kind, [...(stations.get(kind) ?? []), id]);
  }, 60_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  async function post(file: string, body: unknown) {
    const type = file.endsWith(".jsonld") ? "ld+json" : file.includes("geojson") ? "geo+json" : "json";
    return fetch(`${server.url}/ngsi-ld/v1/entities`, {
      method: "POST",
      headers: { "Content-Type": `application/${type}`, Authorization: `Bearer ${testKey}` },
      body: JSON.stringify(body),
    });
  }

  async function storedOf(station: string): Promise<Map<string, string>> {
    const answer = (
      await server.call(`/api/v1/readings?station=${station}&from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z`)
    ).json();
    const { items } = answer as { items: { datastream: string; phenomenonTime: number; result: number }[] };
    return new Map(
      items.map(({ datastream, phenomenonTime, result }) => {
        return [datastream.split(":")[1] ?? "", `${phenomenonTime} ${Number(result.toPrecision(9))}`];
      }),
    );
  }

  test("are 111 of 25 types, each of which is either taken or refused with a reason", () => {
    const files = folders.flatMap(([, path]) => readdirSync(path));
    expect(files).toHaveLength(111);
    const types = folders.map(([name]) => name).toSorted();
    expect(types).toHaveLength(25);
    expect(types).toEqual([...Object.keys(taken), ...Object.keys(refusedTypes)].toSorted());
  });

  test.each(folders.filter(([name]) => name in taken))(
    "%s: every variant becomes the readings of its file",
    async (name, path) => {
      const type = taken[name]!;
      const variants: Map<string, string>[] = [];
      for (const file of readdirSync(path)) {
        const given = JSON.parse(readFileSync(join(path, file), "utf8")) as Json;
        const station = stations.get(type.kind)?.pop() ?? "";
        const answer = await post(file, { ...given, id: `urn:ngsi-ld:${name}:${station}` });
        const text = await answer.text();
        const whole = `${name}/${file}`;
        const expected = expectedOf((given["type"] === "Feature" ? given["properties"] : given) as Json, type);
        if (expected.size === 0) {
          expect(`${answer.status} ${text}`, whole).toMatch(/^400 /);
          expect((JSON.parse(text) as Json)["detail"], whole).toMatch(notTaken[whole] ?? /never/);
        } else expect(`${answer.status} ${text}`, whole).toBe("201 ");
        expect(await storedOf(station), whole).toEqual(expected);
        variants.push(expected);
      }
      const [first = new Map<string, string>()] = variants;
      for (const variant of variants.slice(1)) {
        for (const property of new Set([...first.keys(), ...variant.keys()])) {
          const [time, value] = first.get(property)?.split(" ") ?? [];
          const [otherTime, otherValue] = variant.get(property)?.split(" ") ?? [];
          if (value !== otherValue) found.add(`${name} ${property}`);
          else if (time !== otherTime) found.add(`${name} time`);
        }
      }
    },
  );

  test("variants of an example give the same readings, except where their files differ", () => {
    expect(found).toEqual(differing);
  });

  test.each(folders.filter(([name]) => name in refusedTypes))(
    "%s: every variant is refused with the reason",
    async (name, path) => {
      for (const file of readdirSync(path)) {
        const answer = await post(file, JSON.parse(readFileSync(join(path, file), "utf8")));
        const problem = (await answer.json()) as { type: string; detail: string };
        expect(answer.status, file).toBe(422);
        expect(answer.headers.get("content-type"), file).toContain("application/problem+json");
        expect(problem.type).toBe("https://uri.etsi.org/ngsi-ld/errors/OperationNotSupported");
        expect(problem.detail, file).toMatch(refusedTypes[name]!);
      }
    },
  );

  test("as they are, they are of no station of the city, and kept in quarantine", async () => {
    const [, path = ""] = folders.find(([name]) => name === "WeatherObserved") ?? [];
    const before = (await server.call("/api/v1/quarantine?reason=unknown-station", undefined, key)).json() as {
      total: number;
    };
    for (const file of readdirSync(path)) {
      const answer = await post(file, JSON.parse(readFileSync(join(path, file), "utf8")));
      expect(answer.status, file).toBe(404);
    }
    const after = (await server.call("/api/v1/quarantine?reason=unknown-station", undefined, key)).json() as {
      total: number;
      items: { message: string; source: string; sample: string }[];
    };
    expect(after.total - before.total).toBe(4);
    expect(after.items[0]).toMatchObject({
      source: "ngsi-ld",
      message: expect.stringMatching(/is no station of the city/),
    });
    expect(after.items[0]?.sample).toContain("Valladolid");
  });
});

const key = { Authorization: `Bearer ${testKey}` };
