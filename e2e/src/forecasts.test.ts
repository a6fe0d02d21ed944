import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Program, root, temporaryFolder, until } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const key = "ioc_key-of-the-browser-tests";
const pictures = join(root, process.env["IOC_PICTURES"] ?? "e2e/output");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const hour = 3_600_000;

describe.skipIf(!haveBrowser())("the page of forecasts", () => {
  const folder = temporaryFolder();
  let program: Program;
  let browser: Browser;

  beforeAll(async () => {
    program = await Program.start({ dataDir: folder.path, env: { IOC_SIMULATE: "off", IOC_API_KEY: key } });
    const last = Math.floor(Date.now() / hour) * hour;
    const rows = Array.from({ length: 840 }, (_, i) => {
      const time = last - i * hour;
      const load = 700 + 200 * Math.cos((2 * Math.PI * (time / hour)) / 24) + 5 * Math.sin(time / hour);
      return { time: new Date(time).toISOString(), load_mw: load, available_mw: 1500, solar_mw: 0 };
    });
    const answer = await fetch(`${program.url}/api/v1/datasets/city-load-hourly/rows`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ rows }),
    });
    expect(answer.status).toBe(200);
    await until(
      "a forecast of the load",
      60_000,
      async () => (await fetch(`${program.url}/api/v1/forecasts/city-load`)).ok,
    );
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    folder[Symbol.dispose]();
  });

  test("an operator reaches it from the rail, chooses a forecast and reads its fan in the table", async () => {
    const { page, context, faults } = await openPage(browser);
    await page.goto(`${program.url}/console`);
    await page.getByRole("link", { name: "Dự báo" }).click();
    await page.getByRole("heading", { level: 1, name: "Dự báo" }).waitFor();
    // One that has no data says so.
    await page.getByRole("button", { name: "Mực nước biển 48 giờ tới" }).click();
    await page.getByText("Chưa có lần phát nào.").waitFor();

    await page.getByRole("button", { name: "Phụ tải điện thành phố 48 giờ tới" }).click();
    await page.getByText(/phương pháp được chọn/).waitFor();
    const table = page.getByRole("region", { name: /Phụ tải điện thành phố 48 giờ tới – Đà Nẵng/ });
    await table.waitFor();
    expect(await table.getByRole("columnheader").allTextContents()).toEqual([
      "Thời gian",
      "Giá trị (MW)",
      "Dải 80 %: từ (MW)",
      "Dải 80 %: đến (MW)",
      "Dải 95 %: từ (MW)",
      "Dải 95 %: đến (MW)",
      "Thực tế từ khi phát (MW)",
      "Loại",
    ]);
    const [median, lo80, hi80, lo95, hi95] = (await table.getByRole("row").nth(1).getByRole("cell").allTextContents())
      .slice(0, 5)
      .map((text) => Number(text.replaceAll(".", "")));
    expect(lo95! <= lo80! && lo80! <= median! && median! <= hi80! && hi80! <= hi95!).toBe(true);
    await page.getByText("Chưa có bước dự báo nào đã phát đến hạn. Có điểm từ 30 bước đã đối chiếu trở lên.").waitFor();
    await page.evaluate(axe);
    const broken = await page.evaluate(async () => {
      const runner = globalThis as unknown as {
        axe: { run: (options: unknown) => Promise<{ violations: { id: string }[] }> };
      };
      return (await runner.axe.run({ resultTypes: ["violations"] })).violations.map((one) => one.id);
    });
    expect(broken).toEqual([]);
    await page.screenshot({ path: join(pictures, "console-forecasts.png"), fullPage: true });

    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "Forecasts" }).waitFor();
    await page.getByText(/method chosen/).waitFor();
    expect(page.url()).toContain("forecast=city-load");
    expect(faults).toEqual([]);
    await context.close();
  });
});
