import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { requireSharedData, sharedData, until } from "@ioc/testkit";
import { describe, expect, test } from "vitest";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

type Answer = Record<string, unknown>;
const lorawan = "/api/v1/sources/lorawan";
const airrohr = "/api/v1/sources/sensor-community";

/** The latest value of a datastream, over the API. */
async function latest(
  server: { call: Awaited<ReturnType<typeof startTestServer>>["call"] },
  station: string,
  property: string,
) {
  const answer = await server.call(`/api/v1/datastreams?station=${station}&property=${property}`);
  const { items } = answer.json() as { items: { latest: { result: number; phenomenonTime: number } | null }[] };
  return items[0]?.latest ?? null;
}

async function quarantined(server: { call: Awaited<ReturnType<typeof startTestServer>>["call"] }) {
  const answer = await server.call("/api/v1/quarantine", undefined, { Authorization: `Bearer ${testKey}` });
  return answer.json() as {
    items: { source: string; reason: string; message: string; sample: string }[];
    byReason: Answer;
  };
}

/** An uplink as ChirpStack v4 posts it. */
function uplink(devEui: string, hex: string, time: string, more: Answer = {}): Answer {
  const data = Buffer.from(hex, "hex").toString("base64");
  return { time, deviceInfo: { devEui }, fCnt: 7, fPort: 85, data, rxInfo: [], ...more };
}

describe("LoRaWAN", () => {
  test("an uplink becomes readings of the station, in the property's unit, at the time the network received it", async () => {
    await using server = await startTestServer();
    const time = new Date(Date.now() - 60_000).toISOString();
    // 2,116 mm below the sensor, which hangs 2,400 mm above the road.
    const message = uplink("70b3d57ed0050101", "01755c0367010104824408", time);
    const answer = await server.call(lorawan, message);
    expect(answer.status).toBe(202);
    expect(answer.json()).toMatchObject({
      received: 1,
      stored: 1,
      quarantined: 0,
      event: null,
      ignored: ["battery", "temperature"],
    });
    expect(await latest(server, "sf-phuong-an-khe", "depth")).toMatchObject({
      result: 0.284,
      phenomenonTime: Date.parse(time),
    });
    const again = await server.call(lorawan, message);
    expect(again.json()).toMatchObject({ received: 1, stored: 0, duplicate: 1 });
  });

  test("events are answered with their kind and nothing is stored", async () => {
    await using server = await startTestServer();
    const answer = await server.call(lorawan, { deviceInfo: { devEui: "70b3d57ed0050101" }, devAddr: "00ab1234" });
    expect(answer.status).toBe(202);
    expect(answer.json()).toMatchObject({ received: 0, stored: 0, quarantined: 0, sequence: null, event: "join" });
    expect((await quarantined(server)).items).toEqual([]);
  });

  test("what cannot be placed or read is kept in quarantine with its reason", async () => {
    await using server = await startTestServer();
    const time = new Date().toISOString();
    const unknown = await server.call(lorawan, uplink("0102030405060708", "017564", time));
    expect(unknown.status).toBe(202);
    expect(unknown.json()).toMatchObject({ stored: 0, quarantined: 1 });
    await server.call(lorawan, uplink("70b3d57ed0050101", "aabbcc", time));
    await server.call(lorawan, uplink("70b3d57ed0050101", "048244", time));
    await server.call(lorawan, { hello: "world" });
    const { items } = await quarantined(server);
    expect(items.map(({ source, reason, message }) => [source, reason, message]).toReversed()).toEqual([
      ["lorawan", "unknown-device", "device 0102030405060708 is not in devices.yaml"],
      ["lorawan", "bad-item", expect.stringContaining("channel and type aabb are not known") as string],
      ["lorawan", "bad-item", expect.stringContaining("the payload ends at byte 3") as string],
      ["lorawan", "bad-item", expect.stringContaining("no known form") as string],
    ]);
    expect(items[0]?.sample).toContain("hello");
    const filtered = await server.call("/api/v1/quarantine?reason=unknown-device", undefined, {
      Authorization: `Bearer ${testKey}`,
    });
    expect((filtered.json() as { items: unknown[] }).items).toHaveLength(1);
  });

  test("known readings before unknown bytes are stored, and the bytes are kept", async () => {
    await using server = await startTestServer();
    const time = new Date().toISOString();
    const answer = await server.call(lorawan, uplink("70b3d57ed0050101", "0482440877010203", time));
    expect(answer.json()).toMatchObject({ received: 2, stored: 1, quarantined: 1 });
    const { items } = await quarantined(server);
    expect(items[0]?.message).toContain("the bytes 77010203 at the end are not known");
  });

  test("a record of the device's memory is stored at its own time", async () => {
    await using server = await startTestServer();
    const received = Date.now() - 60_000;
    const measured = Math.floor(received / 1000) - 3600;
    const bytes = Buffer.alloc(6);
    bytes.writeUInt32LE(measured);
    bytes.writeUInt16LE(55, 4);
    const hex = `03770c0020ce${bytes.toString("hex")}`;
    const answer = await server.call(lorawan, uplink("70b3d57ed0050106", hex, new Date(received).toISOString()));
    expect(answer.json()).toMatchObject({ stored: 2 });
    const station = "ll-ho-thac-gian-vinh-trung";
    const from = new Date(received - 7_200_000).toISOString();
    const to = new Date(received + 1000).toISOString();
    const history = await server.call(
      `/api/v1/observations?datastream=${station}:level&from=${from}&to=${to}&resolution=raw`,
    );
    // 55 and 12 cm over a probe whose zero lies at 80 cm.
    expect(history.json()).toMatchObject({ time: [measured * 1000, received], value: [1.35, 0.92] });
  });

  test("a key with the scope is required", async () => {
    await using server = await startTestServer();
    const none = await server.call(lorawan, {}, { Authorization: "" });
    expect(none.status).toBe(401);
    expect((await server.call(lorawan, "[1]")).status).toBe(400);
    expect((await server.call(lorawan, "{")).status).toBe(400);
    // Kept after the answer.
    const [kept] = await until("the broken body in quarantine", 5000, async () => {
      const { items } = await quarantined(server);
      return items.length > 0 && items;
    });
    expect(kept).toMatchObject({ source: "lorawan", reason: "bad-json" });
  });

  test.skipIf(!requireSharedData("messages-lorawan"))(
    "recorded messages of every network server are taken: known events, or unknown devices by their EUI",
    async () => {
      await using server = await startTestServer();
      const text = gunzipSync(readFileSync(sharedData("messages-lorawan", "uplinks.ndjson.gz"))).toString("utf8");
      const rows = text.split("\n").filter((line) => line !== "");
      const one = new Map<string, string>();
      for (const line of rows) {
        const { network, payload } = JSON.parse(line) as { network: string; payload: unknown };
        one.set(network, JSON.stringify(payload));
      }
      expect([...one.keys()].toSorted()).toEqual([
        "ChirpStack",
        "HTTP",
        "LORIOT",
        "ThingPark",
        "ThingParkEnterprise",
        "ThingsStackCommunity",
        "ThingsStackIndustries",
      ]);
      for (const [network, body] of one) {
        const answer = await server.call(lorawan, body);
        expect(answer.status, network).toBe(202);
        expect(answer.json(), network).toMatchObject({ items: [{ reason: "unknown-device" }] });
      }
    },
  );
});

describe("sensor.community", () => {
  const values = [
    { value_type: "SDS_P1", value: "31.50" },
    { value_type: "SDS_P2", value: "12.30" },
    { value_type: "temperature", value: "30.10" },
    { value_type: "humidity", value: "70.20" },
    { value_type: "samples", value: "5003212" },
    { value_type: "signal", value: "-53" },
  ];
  const station = "as-truong-dai-hoc-bach-khoa";

  test("what the firmware posts becomes readings, with the key as the password that it can send", async () => {
    await using server = await startTestServer();
    const before = Date.now();
    const body = { esp8266id: "12779556", software_version: "NRZ-2020-133", sensordatavalues: values };
    const answer = await server.call(airrohr, body, {
      Authorization: `Basic ${Buffer.from(`device:${testKey}`).toString("base64")}`,
      "X-Sensor": "esp8266-12779556",
    });
    expect(answer.status).toBe(202);
    expect(answer.json()).toMatchObject({ stored: 4, quarantined: 0, ignored: ["samples", "signal"] });
    const pm10 = await latest(server, station, "pm10");
    expect(pm10?.result).toBe(31.5);
    expect(pm10?.phenomenonTime).toBeGreaterThanOrEqual(before);
    expect(await latest(server, station, "rh")).toMatchObject({ result: 70.2 });
  });

  test("the header alone names the device; a mapping of its own counts", async () => {
    await using server = await startTestServer();
    const body = { sensordatavalues: [{ value_type: "SPS30_P2", value: 9.1 }, ...values] };
    const answer = await server.call(airrohr, body, { "X-Sensor": "esp8266-12779557" });
    expect(answer.json()).toMatchObject({ stored: 1 });
    expect(await latest(server, "as-cong-vien-29-thang-3", "pm25")).toMatchObject({ result: 9.1 });
  });

  test("unknown devices, contradictions and texts that are no numbers are kept with their reason", async () => {
    await using server = await startTestServer();
    await server.call(airrohr, { esp8266id: "1", sensordatavalues: values });
    await server.call(airrohr, { esp8266id: "1", sensordatavalues: values }, { "X-Sensor": "esp8266-2" });
    await server.call(airrohr, { sensordatavalues: values });
    const broken = await server.call(airrohr, {
      esp8266id: "12779556",
      sensordatavalues: [
        { value_type: "SDS_P1", value: "nan" },
        { value_type: "SDS_P2", value: "8" },
      ],
    });
    expect(broken.json()).toMatchObject({ received: 2, stored: 1, quarantined: 1 });
    expect((await quarantined(server)).items.map(({ reason }) => reason).toReversed()).toEqual([
      "unknown-device",
      "bad-item",
      "bad-item",
      "not-a-number",
    ]);
    const shape = await server.call(airrohr, { esp8266id: "12779556", sensordatavalues: "x" });
    expect(shape.status).toBe(400);
    expect(shape.text).toContain("body.sensordatavalues");
  });

  test.skipIf(!requireSharedData("air-hcmc-lowcost-raw"))(
    "recorded rows of such a sensor give their own values",
    async () => {
      await using server = await startTestServer();
      const file = sharedData("air-hcmc-lowcost-raw", "data-esp8266-12779556-2018-10-09.csv");
      const [header = "", ...rows] = readFileSync(file, "utf8").trim().split("\n");
      const columns = header.split(";");
      const types: Record<string, string> = {
        SDS_P1: "SDS_P1",
        SDS_P2: "SDS_P2",
        Temp: "temperature",
        Humidity: "humidity",
      };
      const posted = rows.slice(0, 40).map((row) => {
        const cells = row.split(";");
        return columns.flatMap((column, i) => {
          const value = cells[i] ?? "";
          return column in types && value !== "" ? [{ value_type: types[column], value }] : [];
        });
      });
      for (const sensordatavalues of posted) {
        const answer = await server.call(airrohr, { esp8266id: "12779556", sensordatavalues });
        expect(answer.json()).toMatchObject({ received: sensordatavalues.length, quarantined: 0 });
      }
      const last = new Map(posted.at(-1)?.map(({ value_type, value }) => [value_type, Number(value)]));
      expect(last.size).toBe(4);
      const stored = await Promise.all(
        ["pm10", "pm25", "temp", "rh"].map((property) => latest(server, station, property)),
      );
      expect(stored.map((one) => one?.result)).toEqual(
        ["SDS_P1", "SDS_P2", "temperature", "humidity"].map((type) => last.get(type)),
      );
    },
  );
});
