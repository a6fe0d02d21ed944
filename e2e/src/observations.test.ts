import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Program, root, temporaryFolder } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { broken } from "./accessibility.ts";

const key = "ioc_key-of-the-browser-tests";
const pictures = join(root, process.env["IOC_PICTURES"] ?? "e2e/output");

const station = "wx-hoa-xuan";
/** Nearest first. */
const others = ["wx-tram-khi-tuong-da-nang-48855", "wx-non-nuoc"];
const period = 600_000;

/** Place of the hottest reading, counted back from the newest: five days. */
const hottest = 720;

/** Warm and cool days with one hot reading that no mean shows, and six hours without any on the tenth day back. */
function readingsOf(id: string, last: number, days: number, warmer: number) {
  const count = days * 144;
  return Array.from({ length: count }, (_, i) => {
    const time = last - i * period;
    const daily = 4 * Math.cos(((i - hottest) / 144) * 2 * Math.PI);
    const result = Math.round((27 + warmer + daily + (i === hottest ? 4.5 : Math.sin(i / 40))) * 10) / 10;
    return { datastream: `${id}:temp`, phenomenonTime: new Date(time).toISOString(), result };
  }).filter((_, i) => i < 1440 || i > 1476);
}

describe.skipIf(!haveBrowser())("the history of a station", () => {
  const folder = temporaryFolder();
  let program: Program;
  let browser: Browser;
  let newest: { time: number; result: number };

  const send = async (observations: { phenomenonTime: string; result: number }[]): Promise<void> => {
    const answer = await fetch(`${program.url}/api/v1/observations`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ observations }),
    });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ received: observations.length, quarantined: 0 });
  };
  /** Opens the station; the panel is there and has drawn its chart. */
  const open = async (query = "", options: Parameters<typeof openPage>[1] = {}, lang = "vi", theme = "light") => {
    const opened = await openPage(browser, options);
    await opened.context.addInitScript(
      ([name, value]) => {
        if (localStorage.getItem(name ?? "") === null) localStorage.setItem(name ?? "", value ?? "");
      },
      ["ioc.preferences", JSON.stringify({ state: { lang, theme }, version: 0 })],
    );
    await opened.page.goto(`${program.url}/console/stations/${station}${query}`);
    await opened.page.locator("article figure svg, article figure canvas").first().waitFor({ timeout: 60_000 });
    return opened;
  };
  const resolution = (page: Page, name: string) => page.locator(`article [data-resolution="${name}"]`);

  beforeAll(async () => {
    program = await Program.start({ dataDir: folder.path, env: { IOC_SIMULATE: "off", IOC_API_KEY: key } });
    const last = Math.floor(Date.now() / period) * period;
    const own = readingsOf(station, last, 35, 0);
    newest = { time: last, result: own[0]!.result };
    await send(own);
    for (const [i, id] of others.entries()) await send(readingsOf(id, last, 35, i + 1));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    folder[Symbol.dispose]();
  });

  test("a person widens the span to a month, sees the resolution change and finds the newest value in the file", async () => {
    const { page, context, faults } = await open();
    await page.getByRole("heading", { name: "Nhiệt độ, 24 giờ qua" }).waitFor();
    expect(await resolution(page, "raw").innerText()).toBe("Mỗi điểm: từng lần đo.");
    await page.getByRole("radio", { name: "30 ngày" }).check();
    await page.getByRole("heading", { name: "Nhiệt độ, 30 ngày qua" }).waitFor();
    await resolution(page, "1h").waitFor();
    expect(await resolution(page, "1h").innerText()).toBe(
      "Mỗi điểm: trung bình giờ; đã lược bớt, giữ nguyên các cực trị.",
    );
    expect(new URL(page.url()).searchParams.get("span")).toBe("30d");

    await page.getByText("Tải xuống").click();
    await page.getByRole("radio", { name: "Từng lần đo, kèm chất lượng" }).check();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const lines = readFileSync(await download.path(), "utf8")
      .trim()
      .split("\r\n");
    expect(lines.length).toBeGreaterThan(4000);
    const fields = lines.at(-1)!.split(",");
    expect(Date.parse(fields[4]!)).toBe(newest.time);
    expect(Number(fields[5])).toBe(newest.result);
    // The hot reading that no hourly mean shows is in the file.
    expect(lines.some((line) => line.split(",")[5] === "35.5")).toBe(true);
    const shown = page.getByRole("button", { name: /^Nhiệt độ/ });
    expect(await shown.innerText()).toContain(newest.result.toFixed(1).replace(".", ","));
    expect(faults).toEqual([]);
    await context.close();
  });

  test("no more points are asked for than the chart is wide", async () => {
    const { page, context } = await openPage(browser);
    const answers: { points: number; got: number }[] = [];
    page.on("response", async (response) => {
      const url = new URL(response.url());
      if (url.pathname !== "/api/v1/observations") return;
      const { time } = (await response.json()) as { time: number[] };
      answers.push({ points: Number(url.searchParams.get("points")), got: time.length });
    });
    await page.goto(`${program.url}/console/stations/${station}?span=30d`);
    const figure = page.locator("article figure").first();
    await resolution(page, "1h").waitFor();
    const width = (await figure.boundingBox())!.width;
    await page.getByLabel("Mức chi tiết").selectOption({ label: "từng lần đo" });
    await resolution(page, "raw").waitFor();
    expect(await resolution(page, "raw").innerText()).toContain("giữ nguyên các cực trị");
    expect(answers.length).toBeGreaterThanOrEqual(2);
    for (const { points, got } of answers) {
      expect(points).toBeLessThanOrEqual(width);
      expect(got).toBeLessThanOrEqual(points);
    }
    await context.close();
  });

  test("works by keyboard: span by arrow keys, own days by typing, the menu closes with Escape", async () => {
    const { page, context, faults } = await open();
    await page.getByRole("radio", { name: "24 giờ" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("heading", { name: "Nhiệt độ, 7 ngày qua" }).waitFor();
    await page.getByRole("radio", { name: "1 năm" }).focus();
    await page.keyboard.press("ArrowRight");
    const first = page.getByLabel("Từ ngày");
    await first.waitFor();
    await first.fill("2026-02-03");
    await page.getByLabel("Đến hết ngày").fill("2026-02-01");
    await page.getByLabel("Đến hết ngày").press("Enter");
    await page.getByText("Ngày đầu phải trước hoặc trùng ngày cuối.").waitFor();
    expect(await broken(page)).toEqual([]);
    await page.getByLabel("Đến hết ngày").fill("2026-02-04");
    await page.getByLabel("Đến hết ngày").press("Enter");
    await page.getByRole("heading", { name: "Nhiệt độ, 03/02/2026 – 04/02/2026" }).waitFor();
    await page.getByText(/^Không có số liệu trong khoảng này\. Giá trị gần nhất: /).waitFor();

    await page.getByRole("radio", { name: "Khác" }).focus();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("heading", { name: "Nhiệt độ, 365 ngày qua" }).waitFor();
    const menu = page.locator("summary", { hasText: "Tải xuống" });
    await menu.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Parquet" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Parquet" }).waitFor({ state: "hidden" });
    expect(await menu.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(faults).toEqual([]);
    await context.close();
  });

  test("a link shows the same view, in the other language too", async () => {
    const { page, context, faults } = await open("?span=7d&resolution=1d");
    await page.getByRole("heading", { name: "Nhiệt độ, 7 ngày qua" }).waitFor();
    await resolution(page, "1d").waitFor();
    await page.getByRole("tab", { name: "Bảng" }).click();
    await page.getByRole("columnheader", { name: "Trung bình ngày" }).waitFor();
    // Five days back stands the reading of 35.5, in the column of the highest.
    await page.getByRole("cell", { name: "35,5 °C" }).waitFor();
    await page.getByRole("button", { name: /English/ }).click();
    await page.getByRole("heading", { name: "Air temperature, last 7 days" }).waitFor();
    await page.getByRole("columnheader", { name: "Daily means" }).waitFor();
    expect(await resolution(page, "1d").innerText()).toBe("Points: daily means.");
    await page.getByRole("cell", { name: "35.5 °C" }).waitFor();
    expect(await broken(page)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  test("other stations of the kind stand on the same axis and in the same table", async () => {
    const { page, context, faults } = await open("?span=30d");
    await page.getByText("So sánh với trạm cùng loại").click();
    const choices = page.getByRole("group", { name: /^Chọn nhiều nhất 4 trạm/ }).getByRole("checkbox");
    expect(await choices.count()).toBe(8);
    for (const name of [/^Trạm khí tượng Đà Nẵng/, /^Non Nước/]) await page.getByRole("checkbox", { name }).check();
    const chart = page.getByRole("figure", { name: "Nhiệt độ, so sánh các trạm" });
    await chart.locator("svg").waitFor();
    await page.getByRole("tablist", { name: "Nhiệt độ, so sánh các trạm" }).getByRole("tab", { name: "Bảng" }).click();
    const table = page.getByRole("region", { name: "Nhiệt độ, so sánh các trạm" });
    expect(await table.getByRole("columnheader").allInnerTexts()).toEqual([
      "Đến",
      "Hòa Xuân (°C)",
      "Trạm khí tượng Đà Nẵng (48855) (°C)",
      "Non Nước (°C)",
    ]);
    const cells = await table.getByRole("row").nth(2).getByRole("cell").allInnerTexts();
    const [own, first, second] = cells.map((text) => Number(text.replace(",", ".")));
    expect(first! - own!).toBeCloseTo(1, 0);
    expect(second! - own!).toBeCloseTo(2, 0);
    expect(new URL(page.url()).searchParams.get("beside")).toBe(JSON.stringify(others));
    for (const index of [3, 4]) await choices.nth(index).check();
    expect(await choices.nth(5).isDisabled()).toBe(true);
    expect(await broken(page)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  test("without an answer it says so and can try again", async () => {
    const { page, context } = await openPage(browser);
    await context.route("**/api/v1/observations?*", (route) => route.fulfill({ status: 503, body: "{}" }));
    await page.goto(`${program.url}/console/stations/${station}`);
    const again = page.locator("article").getByRole("button", { name: "Thử lại" });
    await again.waitFor({ timeout: 30_000 });
    expect(await broken(page)).toEqual([]);
    await context.unroute("**/api/v1/observations?*");
    await again.click();
    await resolution(page, "raw").waitFor();
    // A wider span that cannot be read keeps what is there and marks it.
    await context.route("**/api/v1/observations?*", (route) => route.abort());
    await page.getByRole("radio", { name: "7 ngày" }).check();
    await page.getByText("Chưa tải được số liệu mới. Đang hiển thị số liệu cũ.").waitFor({ timeout: 30_000 });
    expect(await resolution(page, "raw").count()).toBe(1);
    await context.close();
  });

  const sizes = [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ];
  const views = [
    { name: "month", query: "?span=30d" },
    { name: "own", query: "?fromDay=2026-01-01&toDay=2026-12-31" },
    { name: "beside", query: `?span=7d&beside=${encodeURIComponent(JSON.stringify(others))}` },
  ];
  const looks = views.flatMap((view) =>
    sizes.flatMap((viewport) => (["vi", "en"] as const).map((lang) => ({ view, viewport, lang }))),
  );
  test.each(looks)("$view.name $lang $viewport.width", async ({ view, viewport, lang }) => {
    const theme = lang === "en" ? "light" : "dark";
    const locale = lang === "vi" ? "vi-VN" : "en-GB";
    const phone = viewport.width < 600;
    const { page, context, faults } = await open(
      view.query,
      { viewport, locale, colorScheme: theme, hasTouch: phone },
      lang,
      theme,
    );
    if (view.name === "month") {
      await page.locator("summary", { hasText: /Tải xuống|Download/ }).click();
      await page.getByRole("link", { name: "Parquet" }).scrollIntoViewIfNeeded();
    }
    if (view.name === "beside") await page.locator("details figure svg").scrollIntoViewIfNeeded();
    await page.waitForLoadState("networkidle", { timeout: 10_000 }).catch(() => undefined);
    await page.evaluate(() => document.fonts.ready);
    const file = `observations-${view.name}-${lang}-${viewport.width}x${viewport.height}.png`;
    await page.screenshot({ path: join(pictures, file) });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${file}: sideways scroll`).toBeLessThanOrEqual(0);
    expect(await broken(page), file).toEqual([]);
    expect(faults, file).toEqual([]);
    await context.close();
  });
});
