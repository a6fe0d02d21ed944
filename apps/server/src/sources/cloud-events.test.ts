import { expect, test } from "vitest";
import { ProblemError } from "../api/problem.ts";
import { startTestServer, testKey } from "../testing/start-test-server.ts";
import { parseCloudEvents } from "./cloud-events.ts";

const address = "/api/v1/sources/cloud-events";
const time = "2026-11-21T02:00:24Z";
const observation = { station: "sf-phuong-an-khe", property: "depth", phenomenonTime: time, result: 0.32 };
const event = { specversion: "1.0", id: "1", source: "/gateways/7", type: "example.observations" };
const headers = {
  "ce-specversion": "1.0",
  "ce-id": "1",
  "ce-source": "/gateways/7",
  "ce-type": "example.observations",
};

function objections(body: unknown, given: Record<string, string> = {}): string {
  try {
    parseCloudEvents(body, given);
  } catch (error) {
    if (error instanceof ProblemError) return JSON.stringify(error.errors.length > 0 ? error.errors : error.message);
    throw error;
  }
  throw new Error("it was accepted");
}

test("structured, batched and binary events give the same readings", () => {
  const data = { observations: [observation, { ...observation, result: "x" }] };
  const structured = parseCloudEvents({ ...event, data }, {});
  expect(structured.inputs).toEqual([{ index: 0, ...observation, phenomenonTime: Date.parse(time) }]);
  expect(structured.refused).toMatchObject([{ index: 1, reason: "bad-item" }]);
  expect(parseCloudEvents(data, headers)).toEqual(structured);
  expect(parseCloudEvents([{ ...event, data }], {})).toEqual(structured);
  const base64 = Buffer.from(JSON.stringify(data)).toString("base64");
  expect(parseCloudEvents({ ...event, data_base64: base64 }, {})).toEqual(structured);
});

test("a single observation is data too, and indexes run through a batch of events", () => {
  const unparsable = [{ reason: "wrong-columns", message: "3 fields", sample: "a;b;c" }];
  const batch = parseCloudEvents(
    [
      { ...event, data: observation },
      { ...event, id: "2", data: { observations: [observation], unparsable } },
      { ...event, id: "3", data: observation },
    ],
    {},
  );
  expect(batch.inputs.map(({ index }) => index)).toEqual([0, 1, 3]);
  expect(batch.refused).toMatchObject([{ index: 2, reason: "wrong-columns" }]);
});

test("what is no event, or has no data of ours, is refused with the place", () => {
  expect(objections({ observations: [observation] })).toMatch(/body.specversion/);
  expect(objections({ ...event, specversion: "0.3", data: observation })).toMatch(/body.specversion/);
  expect(objections({ ...event, id: "", data: observation })).toMatch(/body.id/);
  expect(objections({ ...event })).toMatch(/either `data` or `data_base64`/);
  expect(
    objections([
      { ...event, data: observation },
      { ...event, data: { observations: [] } },
    ]),
  ).toMatch(/body.1.data.observations.*must not be empty/);
  expect(objections({ ...event, datacontenttype: "text/csv", data: observation })).toMatch(/body.datacontenttype/);
  expect(objections({ ...event, data_base64: "e30" })).toMatch(/observations/);
  expect(objections({ ...event, data_base64: "e" })).toMatch(/data_base64.*holds no JSON/);
  expect(objections({ observations: [observation] }, { "ce-specversion": "1.0" })).toMatch(/header.ce-id/);
});

test("more readings than one batch may hold are refused", () => {
  const data = { observations: Array.from({ length: 30_000 }, () => observation) };
  expect(
    objections([
      { ...event, data },
      { ...event, data },
    ]),
  ).toMatch(/more than 50000/);
});

test("over HTTP: stored, a second delivery is a duplicate, and a key is required", async () => {
  await using server = await startTestServer();
  const now = new Date(Date.now() - 60_000).toISOString();
  const body = { ...event, data: { observations: [{ ...observation, phenomenonTime: now }] } };
  const type = { "Content-Type": "application/cloudevents+json" };
  const answer = await server.call(address, body, type);
  expect(answer.status).toBe(202);
  expect(answer.json()).toMatchObject({ received: 1, stored: 1 });
  expect((await server.call(address, body, type)).json()).toMatchObject({ stored: 0, duplicate: 1 });
  const batch = await server.call(address, [body], { "Content-Type": "application/cloudevents-batch+json" });
  expect(batch.json()).toMatchObject({ duplicate: 1 });
  const binary = await server.call(address, body.data, headers);
  expect(binary.json()).toMatchObject({ duplicate: 1 });
  expect((await server.call(address, body, { Authorization: "" })).status).toBe(401);
  expect((await server.call(address, { observations: [] })).status).toBe(400);
  const quarantine = await server.call("/api/v1/quarantine", undefined, { Authorization: `Bearer ${testKey}` });
  expect((quarantine.json() as { items: unknown[] }).items).toEqual([]);
});
