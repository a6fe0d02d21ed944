import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Program, root, temporaryFolder, until } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const key = "ioc_key-of-the-browser-tests";
const pictures = join(root, process.env["IOC_PICTURES"] ?? "e2e/output");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Ids of the rules of accessibility that the page breaks. */
async function broken(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const runner = globalThis as unknown as {
      axe: { run: (options: unknown) => Promise<{ violations: { id: string }[] }> };
    };
    return (await runner.axe.run({ resultTypes: ["violations"] })).violations.map((one) => one.id);
  });
}

describe.skipIf(!haveBrowser())("the page of the system's own health", () => {
  const folder = temporaryFolder();
  let program: Program;
  let browser: Browser;

  beforeAll(async () => {
    program = await Program.start({ dataDir: folder.path, env: { IOC_SIMULATE: "off", IOC_API_KEY: key } });
    const now = Date.now();
    const answer = await fetch(`${program.url}/api/v1/observations`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({
        observations: [
          ...Array.from({ length: 60 }, (_, i) => ({
            datastream: "sf-duong-tran-quy-cap-dong-da:depth",
            phenomenonTime: new Date(now - i * 60_000).toISOString(),
            result: 0.1,
          })),
          { datastream: "nowhere:depth", phenomenonTime: new Date(now).toISOString(), result: 1 },
        ],
      }),
    });
    expect(answer.status).toBe(202);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    folder[Symbol.dispose]();
  });

  test("an operator reaches it from the rail and sees what came in and what was refused", async () => {
    const { page, context, faults } = await openPage(browser);
    await page.goto(`${program.url}/console`);
    await page.getByRole("link", { name: "Hệ thống" }).click();
    await page.getByRole("heading", { level: 1, name: "Hệ thống" }).waitFor();
    await page.getByRole("row", { name: /Không rõ trạm\s+1/ }).waitFor();
    await page.getByRole("row", { name: /Máy chủ MQTT\s+Hoạt động/ }).waitFor();
    const first = page.getByRole("region", { name: "Dung lượng theo đại lượng" }).getByRole("rowheader").first();
    expect(await first.innerText()).toMatch(/\S/);
    expect(faults).toEqual([]);
    await context.close();
  });

  test("columns are ordered by keyboard, and say so", async () => {
    const { page, context } = await openPage(browser);
    await page.goto(`${program.url}/console/system`);
    const column = page.getByRole("columnheader", { name: "Lượt đo", exact: true });
    await column.getByRole("button").focus();
    await page.keyboard.press("Enter");
    expect(await column.getAttribute("aria-sort")).toBe("descending");
    const table = page.getByRole("region", { name: "Dung lượng theo đại lượng" });
    expect(await table.getByRole("row").nth(1).innerText()).toMatch(/^Độ sâu.*60/s);
    await page.keyboard.press("Enter");
    expect(await column.getAttribute("aria-sort")).toBe("ascending");
    await context.close();
  });

  test("without an answer it says so and can try again; when answers stop it keeps the last figures and marks them", async () => {
    const { page, context } = await openPage(browser);
    await context.route("**/api/v1/system", (route) => route.fulfill({ status: 503, body: "{}" }));
    await page.goto(`${program.url}/console/system`);
    const again = page.getByRole("main").getByRole("button", { name: "Thử lại" });
    await again.waitFor({ timeout: 30_000 });
    expect(await broken(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, "system-error.png") });
    await context.unroute("**/api/v1/system");
    await again.click();
    await page.getByRole("heading", { name: "Các bộ phận của chương trình" }).waitFor();
    await context.route("**/api/v1/system", (route) => route.abort());
    await page.getByText(/Máy chủ không trả lời/).waitFor({ timeout: 60_000 });
    expect(await page.getByRole("row", { name: /Không rõ trạm\s+1/ }).count()).toBe(1);
    expect(await broken(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, "system-stale.png") });
    await context.close();
  });

  test("the line and its table hold the same minutes", async () => {
    await until("two whole minutes", 200_000, async () => {
      const report = await program.get<{ intake: { lastHour: { perSecond: number | null }[] } }>("/api/v1/system");
      return report.intake.lastHour.filter((one) => one.perSecond !== null).length >= 2;
    });
    const { page, context } = await openPage(browser);
    await page.goto(`${program.url}/console/system`);
    await page.locator("main figure svg").first().waitFor();
    await page.getByRole("tab", { name: "Bảng" }).click();
    const table = page.getByRole("region", { name: "Lượt đo mỗi giây, giờ vừa qua" });
    expect(await table.getByRole("row").count()).toBeGreaterThanOrEqual(3);
    await context.close();
  }, 260_000);
});
