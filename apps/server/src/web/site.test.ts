import { mkdirSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { type AddressInfo } from "node:net";
import { request, type IncomingMessage, type Server } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import express from "express";
import { afterEach, expect, test } from "vitest";
import { temporaryFolder } from "@ioc/testkit";
import { createLog } from "../log.ts";
import { securityHeaders } from "./headers.ts";
import { createSite } from "./site.ts";

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** Serves a built web that the test writes; answers what a GET gets. */
async function serve(files: Record<string, string | Buffer>) {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder.path, path, ".."), { recursive: true });
    writeFileSync(join(folder.path, path), content);
  }
  const log = createLog({ format: "text", level: "error" }, () => {});
  const data = async (path: string) => ({ asked: path });
  const site = createSite({ folder: folder.path, publicUrl: "", data, log });
  const app = express();
  app.use(securityHeaders());
  app.use(...site.handlers);
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  const { port } = server.address() as AddressInfo;
  return async (path: string, headers: Record<string, string> = {}) => {
    const asked = request({ port, path, headers }).end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
  };
}

const render = `export async function render(input) {
  if (input.path === "/broken") throw new Error("secret detail");
  const status = input.path === "/none" ? 404 : 200;
  return { status, html: JSON.stringify({ ...input, data: await input.data("/city") }), headers: { "X-Page": "yes" } };
}`;
const built = { "client/app.html": "<p>app</p>", "client/assets/a-1.js": "1", "server/entry-server.js": render };

test("pages are rendered in the language of their address, with data from inside the server", async () => {
  const get = await serve(built);
  const home = await get("/?x=1", { Host: "ioc.example" });
  expect(home.status).toBe(200);
  expect(home.headers["x-page"]).toBe("yes");
  expect(JSON.parse(home.body.toString())).toEqual({
    path: "/?x=1",
    lang: "vi",
    origin: "http://ioc.example",
    data: { asked: "/city" },
  });
  for (const [path, lang] of [
    ["/en", "en"],
    ["/en/map", "en"],
    ["/energy", "vi"],
    ["/embed/x?lang=en", "en"],
    ["/x?lang=en", "vi"],
  ]) {
    expect(JSON.parse((await get(path ?? "")).body.toString()), path).toMatchObject({ lang });
  }
  expect((await get("/none")).status).toBe(404);
});

test("a page that fails tells nothing of the inside", async () => {
  const get = await serve(built);
  const answer = await get("/broken");
  expect(answer.status).toBe(500);
  expect(answer.headers["content-type"]).toContain("text/html");
  expect(answer.body.toString()).not.toContain("secret detail");
});

test("console, cockpit and wall are the application, below any path; only embedded views may be framed", async () => {
  const get = await serve(built);
  for (const path of ["/console", "/console/alerts/7", "/cockpit", "/wall/1"]) {
    const answer = await get(path);
    expect([answer.status, answer.body.toString()]).toEqual([200, "<p>app</p>"]);
    expect(answer.headers["content-security-policy"]).toContain("frame-ancestors 'self'");
  }
  expect((await get("/consoles")).body.toString()).toContain('"path":"/consoles"');
  expect((await get("/embed/map")).headers["content-security-policy"]).toContain("frame-ancestors *");
});

test("named assets are kept for ever, compressed ones are sent as they are, and nothing outside is reached", async () => {
  const script = "let a;".repeat(1000);
  const get = await serve({ ...built, "client/assets/b-2.js": script, "client/assets/b-2.js.gz": gzipSync(script) });
  const plain = await get("/assets/b-2.js");
  expect(plain.body.toString()).toBe(script);
  expect(plain.headers["cache-control"]).toContain("immutable");
  const packed = await get("/assets/b-2.js", { "Accept-Encoding": "gzip" });
  expect(packed.headers).toMatchObject({
    "content-encoding": "gzip",
    "content-type": "text/javascript; charset=utf-8",
  });
  expect(packed.body).toEqual(gzipSync(script));
  for (const path of [
    "/../server/entry-server.js",
    "/%2e%2e/server/entry-server.js",
    "/assets/..%2f..%2fserver/entry-server.js",
  ]) {
    expect((await get(path)).body.toString()).not.toContain("export async function render");
  }
});

test("without a build a page says how to make one", async () => {
  const get = await serve({});
  const answer = await get("/");
  expect(answer.status).toBe(503);
  expect(answer.body.toString()).toMatch(/pnpm build.*chưa được dựng/s);
});
