import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, test } from "vitest";
import { sendStream } from "./stream.ts";

test("a client that takes nothing is cut off, and the source is ended", async () => {
  const app = express();
  const source = { ended: false };
  async function* endless(): AsyncGenerator<string> {
    try {
      for (;;) yield "x".repeat(100_000);
    } finally {
      source.ended = true;
    }
  }
  const sent = Promise.withResolvers<void>();
  app.get("/", (request, response) => {
    void sendStream(request, response, endless(), 100).then(sent.resolve, sent.reject);
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const asked = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const closed = new Promise((done) => answer.on("error", () => {}).on("close", done));
  await sent.promise;
  expect(source.ended).toBe(true);
  answer.resume();
  await closed;
  expect(answer.complete).toBe(false);
  server.close();
});
