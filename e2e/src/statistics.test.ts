import { Program, temporaryFolder, until } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { broken } from "./accessibility.ts";
import { BoardEditor, DefinitionEditor, Gallery, giveKey, StatisticPage, words } from "./statistics-pages.ts";
import type { Words } from "./statistics-pages.ts";

const key = "ioc_key-of-the-browser-tests";

describe.skipIf(!haveBrowser())("a person with the statistics", () => {
  const folder = temporaryFolder();
  let program: Program;
  let browser: Browser;
  /** Name of the statistic that is looked for. */
  let traffic: { vi: string; en: string };

  /** A reader of one language; what must not happen is noted. */
  const reader = async (say: Words, options: Parameters<typeof openPage>[1] = {}) => {
    const opened = await openPage(browser, {
      permissions: ["clipboard-read", "clipboard-write"],
      locale: say.lang === "vi" ? "vi-VN" : "en-GB",
      ...options,
    });
    await opened.context.addInitScript(
      ([name, value]) => {
        if (localStorage.getItem(name ?? "") === null) localStorage.setItem(name ?? "", value ?? "");
      },
      [
        "ioc.preferences",
        JSON.stringify({ state: { lang: say.lang, theme: say.lang === "vi" ? "dark" : "light" }, version: 0 }),
      ],
    );
    return opened;
  };

  beforeAll(async () => {
    program = await Program.start({ dataDir: folder.path, env: { IOC_HISTORY_DAYS: "2", IOC_API_KEY: key } });
    await until("two days of history", 200_000, async () => {
      const status = await program.get<{ history: { done: boolean } | null }>("/api/v1/simulation");
      return status.history?.done === true;
    });
    await until("traffic of the last hour", 120_000, async () => {
      const item = await program.get<{ status: string; name: typeof traffic }>("/api/v1/statistics/tr-volume-hour");
      traffic = item.name;
      return item.status === "ok";
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    folder[Symbol.dispose]();
  });

  const tasks = [
    { lang: "vi", typed: "luu luong xe theo", finding: /xe trong 60 phút qua/, unit: /xe\/giờ/ },
    { lang: "en", typed: "traffic volume", finding: /vehicles in the last 60 minutes/, unit: /vehicles\/h/ },
  ] as const;
  test.each(tasks)(
    "finds a statistic by keys alone, reads its table, compares two places and shares the address ($lang)",
    async ({ lang, typed, finding, unit }) => {
      const say = words[lang];
      const { page, context, faults } = await reader(say);
      const gallery = new Gallery(page, say);
      await page.goto(`${program.url}/console/statistics`);
      await expect.poll(() => gallery.count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(140);
      await page.keyboard.press("/");
      await page.keyboard.type(typed);
      expect(await gallery.search().inputValue()).toBe(typed);
      await page.keyboard.press("ArrowDown");
      await expect.poll(() => gallery.focused(), { timeout: 15_000 }).toBe(traffic[lang]);
      expect(await gallery.count()).toBeLessThan(10);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/console\/statistics\/tr-volume-hour$/);

      const statistic = new StatisticPage(page, say);
      await expect.poll(() => statistic.title().innerText(), { timeout: 30_000 }).toMatch(finding);
      await statistic.tab("table").click();
      const table = page.getByRole("tabpanel").getByRole("table");
      await table.getByRole("columnheader", { name: unit }).first().waitFor();
      expect(await table.getByRole("row").count()).toBeGreaterThan(12);

      await statistic.tab("subjects").click();
      await statistic.addPlace("");
      await expect.poll(() => statistic.chosen().count()).toBe(1);
      await statistic.addPlace("");
      await expect.poll(() => statistic.chosen().count()).toBe(2);
      const places = await statistic.chosen().allInnerTexts();
      await page.getByRole("tabpanel").locator("figure svg").first().waitFor();
      await page.getByRole("button", { name: say.copyLink }).first().click();
      await page.getByText(say.copied).waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(faults).toEqual([]);
      await context.close();

      const other = await reader(say);
      await other.page.goto(link);
      const shared = new StatisticPage(other.page, say);
      await expect.poll(() => shared.chosen().allInnerTexts(), { timeout: 30_000 }).toEqual(places);
      await other.page.getByRole("tabpanel").locator("summary").click();
      const compared = other.page.getByRole("tabpanel").getByRole("table");
      for (const place of places) await compared.getByText(place.trim(), { exact: false }).first().waitFor();
      expect(other.faults).toEqual([]);
      await other.context.close();
    },
  );

  test("composes a board, takes back a removal, saves it with a key, and opens it again", async () => {
    const say = words.vi;
    const { page, context, faults } = await reader(say);
    await page.goto(`${program.url}/console/statistics/boards/new`);
    const board = new BoardEditor(page, say);
    await board.name("Đêm mưa lớn");
    await board.add("luu luong xe", /Lưu lượng xe theo giờ/);
    await board.add("do sau ngap", /Độ sâu ngập lớn nhất/);
    await board.cards().nth(1).waitFor();
    await page.getByRole("button", { name: say.board.remove, exact: true }).first().click();
    await expect.poll(() => board.cards().count()).toBe(1);
    await page.getByRole("button", { name: say.board.undo }).click();
    await expect.poll(() => board.cards().count()).toBe(2);
    expect(await broken(page)).toEqual([]);

    await board.save();
    await giveKey(page, say, key);
    await page.waitForURL(/\/boards\/dem-mua-lon$/);
    await page.getByRole("heading", { level: 1, name: "Đêm mưa lớn" }).waitFor();
    await page.getByText(say.board.saved).waitFor();
    await page.goto(`${program.url}/console/statistics/boards`);
    await page.getByRole("link", { name: "Đêm mưa lớn" }).click();
    await board.cards().nth(1).locator("figure svg").waitFor({ timeout: 60_000 });
    expect(faults).toEqual([]);
    await context.close();
  });

  test("edits the words of a definition, sees what it gives, and finds it saved", async () => {
    const say = words.vi;
    const { page, context, faults } = await reader(say);
    await page.goto(`${program.url}/console/statistics/flood-max-depth/edit`);
    const editor = new DefinitionEditor(page, say);
    await editor.nameField().waitFor();
    await page.getByRole("button", { name: say.editor.enterKey }).click();
    await giveKey(page, say, key);
    await page.getByText(say.editor.ready).waitFor({ timeout: 60_000 });
    await editor.nameField().fill("Nước sâu nhất trên đường");
    await page.getByText(say.editor.ready).waitFor({ timeout: 60_000 });
    expect(await broken(page)).toEqual([]);
    await editor.save("Tên dễ hiểu hơn");
    await page.getByText(say.editor.version(2)).waitFor();
    await page.getByText("Tên dễ hiểu hơn").waitFor();
    await page.goto(`${program.url}/console/statistics/flood-max-depth`);
    await page.getByText("Nước sâu nhất trên đường").first().waitFor();
    const item = await program.get<{ version: number; custom: boolean }>("/api/v1/statistics/flood-max-depth");
    expect(item).toMatchObject({ version: 2, custom: true });
    expect(faults).toEqual([]);
    await context.close();
  });

  test("residents read a statistic and find others without scripts; internal ones have no page", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${program.url}/statistics`);
    await page.getByRole("searchbox").fill("luu luong");
    await page.getByRole("button", { name: "Tìm", exact: true }).click();
    await page.getByRole("link", { name: traffic.vi }).click();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toMatch(/xe trong 60 phút qua/);
    expect(await page.locator("main").innerText()).toMatch(/Số liệu mô phỏng/);
    await page.getByText("Bảng số liệu").first().click();
    await page
      .getByRole("columnheader", { name: /xe\/giờ/ })
      .first()
      .waitFor();
    const picture = (await page.locator("main img").first().getAttribute("src")) ?? "";
    const answer = await context.request.get(new URL(picture, program.url).href);
    expect(answer.headers()["content-type"]).toContain("image/svg+xml");

    const all = await program.get<{ items: { id: string; domain: string; audience: string[] }[] }>(
      "/api/v1/statistics?limit=5000",
    );
    const inside = all.items.find((item) => !item.audience.includes("public"));
    const gone = await page.goto(`${program.url}/statistics/${inside?.domain}/${inside?.id}`);
    expect(gone?.status()).toBe(404);
    await context.close();
  });

  const screens = [
    "/console/statistics?domain=air",
    "/console/statistics?look=list",
    "/console/statistics/dg-on-time?tab=multiples",
    "/console/statistics/flood-max-depth?at=2026-01-01T08:00",
    "/console/statistics/boards",
    "/console/statistics/new",
    "/statistics",
    "/en/statistics/transport",
    "/statistics/transport/tr-volume-hour",
  ];
  test.each(screens)("%s is accessible on a desk and a phone", async (path) => {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const { page, context, faults } = await reader(viewport.width > 600 ? words.vi : words.en, { viewport });
      await page.goto(program.url + path);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await page.waitForLoadState("networkidle", { timeout: 15_000 }).catch(() => undefined);
      expect(await broken(page), `${path} ${viewport.width}`).toEqual([]);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, `${path} ${viewport.width}: sideways scroll`).toBeLessThanOrEqual(0);
      expect(faults).toEqual([]);
      await context.close();
    }
  });
});
