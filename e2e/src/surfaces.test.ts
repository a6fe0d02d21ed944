import { join } from "node:path";
import { Program, root, temporaryFolder, until } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { broken } from "./accessibility.ts";

/** Pictures go to e2e/output; `IOC_PICTURES=docs/screenshots` renews those of the README. */
const pictures = join(root, process.env["IOC_PICTURES"] ?? "e2e/output");

const key = "ioc_key-of-the-browser-tests";

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const wall = { width: 3840, height: 2160 };
const hall = { width: 1920, height: 1080 };

interface Surface {
  name: string;
  /** Address by language; app surfaces take the language from the reader's choice. */
  path: (lang: "vi" | "en") => string;
  app: boolean;
  sizes: readonly { width: number; height: number }[];
  /** What must be on the screen before the picture is taken. */
  ready: (page: Page) => Promise<unknown>;
}

const heading = (page: Page): Promise<unknown> => page.getByRole("heading", { level: 1 }).first().waitFor();
const drawnMap = (page: Page): Promise<unknown> => page.locator("[data-drawn]").first().waitFor({ timeout: 90_000 });
/** The alerts, and the map where the screen is wide enough to show it beside them. */
const alertsAndMap = async (page: Page): Promise<void> => {
  await page.getByRole("listbox").getByRole("option").first().waitFor();
  if ((page.viewportSize()?.width ?? 0) > 600) await drawnMap(page);
};
/** The table of what is stored, and the line of what came in, which needs two whole minutes. */
const storageAndLine = async (page: Page): Promise<void> => {
  await page.getByRole("columnheader", { name: /^(Dung lượng|Size)/ }).waitFor();
  await page.locator("main figure svg").first().waitFor({ timeout: 130_000 });
};

const surfaces: readonly Surface[] = [
  { name: "public", path: (lang) => (lang === "vi" ? "/" : "/en"), app: false, sizes: [desk, phone], ready: heading },
  {
    name: "public-map",
    path: (lang) => (lang === "vi" ? "/map" : "/en/map"),
    app: false,
    sizes: [desk, phone],
    ready: heading,
  },
  {
    name: "public-statistics",
    path: (lang) => (lang === "vi" ? "/statistics" : "/en/statistics"),
    app: false,
    sizes: [desk, phone],
    ready: heading,
  },
  { name: "console", path: () => "/console", app: true, sizes: [desk, phone], ready: alertsAndMap },
  { name: "map", path: () => "/console/map", app: true, sizes: [desk, phone], ready: drawnMap },
  { name: "statistics", path: () => "/console/statistics", app: true, sizes: [desk, phone], ready: heading },
  { name: "suppressions", path: () => "/console/suppressions", app: true, sizes: [desk, phone], ready: heading },
  { name: "system", path: () => "/console/system", app: true, sizes: [desk, phone], ready: storageAndLine },
  { name: "cockpit", path: () => "/cockpit", app: true, sizes: [desk, phone], ready: heading },
  { name: "wall", path: () => "/wall", app: true, sizes: [wall, hall], ready: drawnMap },
];

describe.skipIf(!haveBrowser())("every surface, in both languages", () => {
  const folder = temporaryFolder();
  let program: Program;
  let browser: Browser;

  beforeAll(async () => {
    program = await Program.start({
      dataDir: folder.path,
      env: { IOC_HISTORY_DAYS: "8", IOC_SIMULATE_SPEED: "20", IOC_API_KEY: key },
    });
    await until("eight days of history", 180_000, async () => {
      const status = await program.get<{ history: { done: boolean } | null }>("/api/v1/simulation");
      return status.history?.done === true;
    });
    // The pictures show the city in a night of rain, not at rest.
    const started = await fetch(`${program.url}/api/v1/simulation/scenario`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ id: "flash-flood" }),
    });
    expect(started.status).toBe(200);
    await until("a flood", 240_000, async () => {
      const { total } = await program.get<{ total: number }>("/api/v1/alerts?severity=Severe&limit=1");
      return total >= 3;
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    folder[Symbol.dispose]();
  });

  const cases = surfaces.flatMap((surface) =>
    (["vi", "en"] as const).map((lang) => ({ surface, lang, title: `${surface.name} ${lang}` })),
  );
  test.each(cases)("$title", async ({ surface, lang }) => {
    for (const viewport of surface.sizes) {
      // 4K once is enough: without a graphics card those pixels take a minute.
      if (viewport === wall && lang === "en") continue;
      const theme = lang === "en" ? "light" : "dark";
      const { page, context, faults } = await openPage(browser, {
        viewport,
        colorScheme: surface.app ? theme : "light",
        locale: lang === "vi" ? "vi-VN" : "en-GB",
      });
      await context.addInitScript(
        ([key, value]) => localStorage.setItem(key ?? "", value ?? ""),
        ["ioc.preferences", JSON.stringify({ state: { lang, theme }, version: 0 })],
      );
      await page.goto(program.url + surface.path(lang));
      await surface.ready(page);
      await page.waitForLoadState("networkidle", { timeout: 10_000 }).catch(() => undefined);
      await page.evaluate(() => document.fonts.ready);
      const file = `${surface.name}-${lang}-${viewport.width}x${viewport.height}.png`;
      await page.screenshot({ path: join(pictures, file) });
      expect(await page.locator("html").getAttribute("lang")).toBe(lang);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${file}: sideways scroll`).toBeLessThanOrEqual(0);
      expect(await broken(page), file).toEqual([]);
      expect(faults, file).toEqual([]);
      await context.close();
    }
  });

  test("the public site tells its story without scripts", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: phone });
    const page = await context.newPage();
    await page.goto(program.url);
    await heading(page);
    expect(await page.locator("main").innerText()).toMatch(/524/);
    expect(await page.locator("img").count()).toBeGreaterThan(2);
    for (const image of await page.locator("img").all()) {
      const answer = await context.request.get(new URL((await image.getAttribute("src")) ?? "", program.url).href);
      expect(answer.status()).toBe(200);
      expect(answer.headers()["content-type"]).toContain("image/svg+xml");
    }
    await context.close();
  });

  test.each(["/cockpit", "/wall"])("%s says nothing of calm before the alerts were read", async (path) => {
    const { page, context } = await openPage(browser);
    await context.route(/\/api\/v1\/alerts|\/live/, () => undefined);
    await page.goto(program.url + path);
    await page.getByText("MÔ PHỎNG").first().waitFor();
    expect(await page.getByText(/bình thường: không có|Không có cảnh báo đang mở/).count()).toBe(0);
    await context.close();
  });

  test("a page that is not there is a calm 404 in the language of its address", async () => {
    const { page, context } = await openPage(browser);
    expect((await page.goto(`${program.url}/en/nothing-here`))?.status()).toBe(404);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Page not found");
    await context.close();
  });
});
