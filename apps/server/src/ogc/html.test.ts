import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer } from "../testing/start-test-server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const pages = [
  "",
  "/conformance",
  "/api",
  "/collections",
  "/collections/areas",
  "/collections/areas/items",
  "/collections/areas/items/20242",
  "/collections/stations-weather/items?limit=5&offset=5",
  "/collections/stations/items?kind=nothing",
];

describe.each(["vi", "en"])("pages in %s", (lang) => {
  test.each(pages)("%s", async (path) => {
    const answer = await server.call(`/ogc${path}`, undefined, { Accept: "text/html", "Accept-Language": lang });
    expect(answer.status, answer.text.slice(0, 200)).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("content-language")).toBe(lang);
    expect(answer.text).toContain(`<html lang="${lang}">`);
    expect(answer.text.match(/<h1/g)).toHaveLength(1);
    expect(answer.text).not.toMatch(/undefined|\[object|NaN/);
    expect(answer.text).not.toContain("<script");
    for (const [, href = ""] of answer.text.matchAll(/href="([^"]+)"/g)) {
      const target = await fetch(href.replaceAll("&amp;", "&"), { method: "HEAD" });
      expect(target.status, href).toBe(200);
    }
  });

  test("texts are in this language", async () => {
    const { text } = await server.call(`/ogc/collections/areas/items?lang=${lang}&f=html&limit=2`);
    expect(text).toContain(lang === "vi" ? "Đơn vị hành chính" : "Administrative units");
    expect(text).toContain(lang === "vi" ? "Đối tượng 1–2 trong 95." : "Features 1–2 of 95.");
    expect(text).toContain(lang === "vi" ? "Trang sau" : "Next page");
    expect(text).not.toContain(lang === "vi" ? "Next page" : "Trang sau");
  });
});

test("f decides before Accept; the language of a page stays in its links", async () => {
  const json = await server.call("/ogc?f=json", undefined, { Accept: "text/html" });
  expect(json.headers.get("content-type")).toBe("application/json; charset=utf-8");
  const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  const page = await server.call("/ogc/collections?lang=en", undefined, { Accept: browser, "Accept-Language": "vi" });
  expect(page.text).toContain('<html lang="en">');
  expect(page.text).toContain("/ogc/collections/areas?lang=en");
  expect((await server.call("/ogc", undefined, { Accept: "*/*" })).headers.get("content-type")).toContain("json");
});

test("what a request says is written harmlessly", async () => {
  const attack = encodeURIComponent('"><script>alert(1)</script>');
  const { text, status } = await server.call(`/ogc/collections/stations/items?f=html&name_vi=${attack}`);
  expect(status).toBe(200);
  expect(text).not.toContain("<script>");
});
