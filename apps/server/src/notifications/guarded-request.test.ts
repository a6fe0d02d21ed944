import { expect, test } from "vitest";
import { allowedHosts, isInside, sendGuarded } from "./guarded-request.ts";
import { httpReceiver } from "./test-receivers.ts";

const message = { method: "POST", headers: {}, body: "x" } as const;
const outcome = (address: string, allowed = "") =>
  sendGuarded(address, message, allowedHosts(allowed)).catch((error: unknown) => error);

test("addresses of the own network are told from public ones, in every notation", () => {
  const own = ["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"];
  const own6 = [
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "::ffff:a00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
  ];
  for (const address of [...own, ...own6, "224.0.0.1", "255.255.255.255", "not an address"]) {
    expect([address, isInside(address)]).toEqual([address, true]);
  }
  for (const address of ["1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1"]) {
    expect([address, isInside(address)]).toEqual([address, false]);
  }
});

test("hosts inside are refused whether named by address, by number or by name, and plain http everywhere", async () => {
  await using server = await httpReceiver();
  const { port } = new URL(server.url);
  const hosts = ["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:7f00:1]", "localhost"];
  for (const host of hosts) {
    expect(await outcome(`https://${host}:${port}/`)).toMatchObject({ name: "DeliveryError", permanent: true });
  }
  expect(await outcome("http://ioc.example/")).toMatchObject({ message: "http://ioc.example is not https" });
  expect(server.received).toEqual([]);
});

test("a host that is allowed is reached, also over http; its answer comes back", async () => {
  await using server = await httpReceiver([202]);
  const { port } = new URL(server.url);
  expect(await outcome(`${server.url}/path?q=1`, "127.0.0.1")).toEqual({ status: 202, text: "answer" });
  expect(await outcome(`http://localhost:${port}/`, "other, LOCALHOST")).toEqual({ status: 202, text: "answer" });
  expect(server.received.map(({ url, body }) => [url, body.toString()])).toEqual([
    ["/path?q=1", "x"],
    ["/", "x"],
  ]);
});
