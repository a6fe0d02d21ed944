import { describe, expect, test } from "vitest";
import { startTestServer } from "../testing/start-test-server.ts";
import { createPainter } from "./png.ts";

/** Width and height that the header of a PNG states. */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  expect(png.subarray(12, 16).toString("latin1")).toBe("IHDR");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

const card = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100" viewBox="0 0 300 100" font-family="'Inter Variable', Inter, sans-serif"><rect width="300" height="100" fill="#fff"/>${inside}</svg>`;
const words = (text: string, weight: number): string =>
  card(`<text x="10" y="60" font-size="30" font-weight="${weight}">${text}</text>`);

test("a picture is painted at the width asked for, with the letters of its own fonts", async () => {
  const painter = createPainter();
  const [blank, regular, bold, stacked] = await Promise.all(
    [card(""), words("Đo muc nuoc", 400), words("Đo muc nuoc", 700), words("Độ mực nước", 400)].map((svg) =>
      painter.paint(svg, 600),
    ),
  );
  for (const png of [blank!, regular!, bold!, stacked!]) expect(sizeOf(png)).toEqual([600, 200]);
  // Nothing but ground packs into almost nothing; letters, and their marks, do not.
  expect(regular!.length).toBeGreaterThan(blank!.length * 3);
  expect(bold!.equals(regular!)).toBe(false);
  expect(stacked!.length).toBeGreaterThan(regular!.length);
  await painter.close();
});

test("what is no drawing fails by itself, the next is painted", async () => {
  const painter = createPainter();
  await expect(painter.paint("<svg", 100)).rejects.toThrow("cannot be painted");
  expect(sizeOf(await painter.paint(card(""), 100))[0]).toBe(100);
  await painter.close();
});

test("a picture that was being painted when the server stops is told so", async () => {
  const painter = createPainter();
  const waiting = expect(painter.paint(card(""), 400)).rejects.toThrow("the server stops");
  await painter.close();
  await waiting;
});

test("more than forty pictures do not wait", async () => {
  const painter = createPainter();
  const asked = await Promise.allSettled(Array.from({ length: 45 }, () => painter.paint(card(""), 20)));
  expect(asked.map((each) => each.status).filter((status) => status === "rejected")).toHaveLength(5);
  await painter.close();
});

describe("over HTTP", () => {
  test("a statistic answers as PNG of twice the width, once made for all", async () => {
    await using server = await startTestServer();
    const list = (await server.call("/api/v1/statistics?limit=1")).json() as { items: { id: string }[] };
    const url = `${server.url}/api/v1/statistics/${list.items[0]!.id}/data.png`;
    const response = await fetch(`${url}?w=340&lang=en&theme=dark`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(response.headers.get("cache-control")).toBe("public, max-age=60");
    expect(response.headers.get("content-encoding")).toBeNull();
    const png = Buffer.from(await response.arrayBuffer());
    const [width, height] = sizeOf(png);
    expect(width).toBe(680);
    expect(response.headers.get("content-length")).toBe(String(png.length));

    const svg = await server.call(`/api/v1/statistics/${list.items[0]!.id}/data.svg?w=340&lang=en&theme=dark`);
    expect(height).toBe(2 * Number(/height="(\d+)"/.exec(svg.text)![1]));
    // Title, source and time are there: ground alone would be far smaller.
    expect(png.length).toBeGreaterThan(5000);

    const again = await fetch(`${url}?w=340&lang=en&theme=dark`, {
      headers: { "If-None-Match": response.headers.get("etag")!, "Cache-Control": "max-age=0" },
    });
    expect(again.status).toBe(304);
    expect((await fetch(`${url}?w=20`)).status).toBe(400);
    expect((await fetch(url.replace("/data.png", "-not/data.png"))).status).toBe(404);
  });

  test("others are answered while a large picture is painted", async () => {
    await using server = await startTestServer();
    const list = (await server.call("/api/v1/statistics?limit=1")).json() as { items: { id: string }[] };
    const at = `/api/v1/statistics/${list.items[0]!.id}`;
    await server.call(`${at}/data.svg?w=2000`);
    const progress = { painted: false };
    const painting = fetch(`${server.url}${at}/data.png?w=2000`)
      .then((response) => response.arrayBuffer())
      .finally(() => {
        progress.painted = true;
      });
    let answered = 0;
    while (!progress.painted) {
      expect((await server.call("/api/v1/city")).status).toBe(200);
      if (!progress.painted) answered += 1;
    }
    expect(sizeOf(Buffer.from(await painting))[0]).toBe(4000);
    // Painted in this thread, one might slip in before the painting; the others would wait for its end.
    expect(answered).toBeGreaterThan(5);
  });
});
