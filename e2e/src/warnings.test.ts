import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Program, temporaryFolder } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const key = "ioc_key-of-the-browser-tests";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const minute = 60_000;
const day = 1440 * minute;
const street = "sf-duong-tran-quy-cap-dong-da";

/** Rules of accessibility that the page breaks, each with the first element that does. */
async function broken(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const runner = globalThis as unknown as {
      axe: { run: (options: unknown) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await runner.axe.run({ resultTypes: ["violations"] })).violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
    );
  });
}

describe.skipIf(!haveBrowser())("the pages of warnings", () => {
  const folder = temporaryFolder();
  let program: Program;
  let browser: Browser;

  const post = async (path: string, body: unknown) => {
    const answer = await fetch(`${program.url}/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
    expect(answer.status, await answer.text()).toBeLessThan(300);
  };

  /** A street under 0.25 m of water for an hour on each of five days, with an event on record each time. */
  beforeAll(async () => {
    program = await Program.start({ dataDir: folder.path, env: { IOC_SIMULATE: "off", IOC_API_KEY: key } });
    const now = Math.floor(Date.now() / (5 * minute)) * 5 * minute;
    const floods = [1, 2, 3, 4, 5].map((i) => now - i * day);
    const observations = Array.from({ length: (6 * day) / (5 * minute) }, (_, i) => {
      const at = now - (i + 1) * 5 * minute;
      const wet = floods.some((start) => at >= start && at < start + 60 * minute);
      return { datastream: `${street}:depth`, phenomenonTime: new Date(at).toISOString(), result: wet ? 0.25 : 0.01 };
    });
    await post("/observations", { observations });
    const station = await program.get<{ areas: Record<string, string> }>(`/api/v1/stations/${street}`);
    await post("/datasets/observed-events/rows", {
      rows: floods.map((start, i) => ({
        event_id: `flood-${i}`,
        hazard: "urban-flood",
        area_code: station.areas["dn-2025"],
        started_at: new Date(start + 30 * minute).toISOString(),
        ended_at: new Date(start + 60 * minute).toISOString(),
        magnitude: 0.25,
        source: "test",
      })),
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    folder[Symbol.dispose]();
  });

  test("an operator changes a threshold by keyboard and sees it beside the definition in force", async () => {
    const { page, context, faults } = await openPage(browser);
    await page.goto(`${program.url}/console/warnings`);
    await page.getByRole("heading", { level: 1, name: "Các quy tắc cảnh báo và hiệu quả" }).waitFor();
    await page.getByRole("link", { name: "Cảnh báo ngập đường", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Cảnh báo ngập đường" }).waitFor();
    await page.getByText("Tin báo của người dân đã xác minh").waitFor();
    const second = page.getByRole("group", { name: /xe máy chết máy/ }).getByLabel("d ≥");
    await second.focus();
    await second.fill("0.26");
    const first = page.getByRole("group", { name: /có nước trên đường/ }).getByLabel("d ≥");
    await first.fill("0.3");
    await first.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(key);
    await page.keyboard.press("Enter");
    await page.getByText("Đã có kết quả so sánh.").waitFor();
    const table = page.getByRole("region", { name: /^Từ / });
    await table.getByRole("columnheader", { name: "Chênh lệch" }).waitFor();
    const cells = async (name: string) => await table.getByRole("row", { name }).getByRole("cell").allInnerTexts();
    expect(await cells("Cảnh báo")).toEqual(["5", "0", "−5"]);
    expect(await cells("Tỷ lệ phát hiện (POD)")).toEqual(["1,00", "0,00", "−1,00"]);
    expect((await cells("Báo trước (trung vị)"))[0]).toMatch(/15/);
    await page.getByText("Quy tắc sẽ không phát cảnh báo nào.").waitFor();
    expect(await broken(page)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  test("the list keeps to the rules of accessibility, and a warning that is not there says so", async () => {
    const { page, context, faults } = await openPage(browser, { locale: "en-GB" });
    await page.goto(`${program.url}/console/warnings?lang=en`);
    await page.getByRole("columnheader", { name: /FAR/ }).waitFor();
    expect(await broken(page)).toEqual([]);
    await page.goto(`${program.url}/console/warnings/w-nothing`);
    await page.getByRole("alert").waitFor();
    expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]);
    await context.close();
  });
});
