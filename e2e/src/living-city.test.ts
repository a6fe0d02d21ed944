import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { freePort, Program, root, temporaryFolder, until } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const key = "ioc_key-of-the-browser-tests";
const run = promisify(execFile);

/** One person's evening at the console: the city is alive, a flood comes, another language, a lost server. */
describe.skipIf(!haveBrowser())("an operator at the console", () => {
  const folder = temporaryFolder();
  const env = { IOC_SIMULATE_SPEED: "60", IOC_HISTORY_DAYS: "1", IOC_API_KEY: key };
  let port: number;
  let mqttPort: number;
  let program: Program;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  const start = (): Promise<Program> => Program.start({ dataDir: folder.path, port, mqttPort, env });
  const footer = (): Promise<string> => page.getByRole("contentinfo").innerText();
  const alerts = () => page.getByRole("listbox").first();
  const mapPicture = (): Promise<Buffer> => page.locator("canvas").first().screenshot();

  beforeAll(async () => {
    port = await freePort();
    mqttPort = await freePort();
    program = await start();
    browser = await openBrowser();
    ({ page, faults } = await openPage(browser));
    await page.goto(`${program.url}/console`);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    folder[Symbol.dispose]();
  });

  test("sees values change without doing anything, and that they are simulated", async () => {
    await page.getByText("MÔ PHỎNG").first().waitFor();
    await page.getByText("Trực tuyến").first().waitFor();
    const first = await until("the time of the data", 30_000, async () => {
      const text = await footer();
      return /Dữ liệu lúc \d\d:\d\d:\d\d/.test(text) && text;
    });
    await until("another data time", 20_000, async () => (await footer()) !== first);
    await page.locator("canvas").first().waitFor();
  });

  test("starts a flash flood from the command line, and sees the alert and the map react", async () => {
    const before = await mapPicture();
    const said = await run(
      process.execPath,
      ["apps/cli/src/main.ts", "scenario", "start", "flash-flood", "--url", program.url, "--key", key],
      { cwd: root },
    );
    expect(said.stdout + said.stderr).toContain("Mưa cực đoan gây ngập đô thị");
    const flood = alerts()
      .getByRole("option", { name: /Ngập \d,\d\d m tại/ })
      .first();
    await flood.waitFor({ timeout: 150_000 });
    await flood.click();
    // Why it fired and what to do stand beside it.
    const detail = page.getByRole("main");
    await detail
      .getByText(/Vì sao/)
      .first()
      .waitFor();
    expect(await detail.innerText()).toMatch(/thiết lập|Thiết lập/);
    expect((await mapPicture()).equals(before)).toBe(false);

    await page.goto(`${program.url}/console/map`);
    await page
      .getByRole("img", { name: /Nghiêm trọng|Rất nghiêm trọng/ })
      .first()
      .waitFor({ timeout: 60_000 });
    await page.goto(`${program.url}/console`);
    await alerts().getByRole("option", { name: /Ngập/ }).first().waitFor();
  }, 300_000);

  test("residents read the warning at once, with what to do", async () => {
    const html = await until("the public warning", 30_000, async () => {
      const text = await (await fetch(`${program.url}/warnings`)).text();
      return text.includes("Ngập") && text;
    });
    expect(html).toContain("Việc cần làm");
    expect(await (await fetch(`${program.url}/en/warnings`)).text()).toContain("What to do");
  });

  test("switches the language, and everything follows", async () => {
    await page.getByRole("button", { name: "English" }).click();
    await page
      .getByRole("option", { name: /of water at/ })
      .first()
      .waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await footer()).toMatch(/Online/);
    await page.getByRole("button", { name: "Tiếng Việt" }).click();
    await alerts().getByRole("option", { name: /Ngập/ }).first().waitFor();
  });

  test("loses the server, is told, and recovers without reloading", async () => {
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    expect(faults).toEqual([]);
    await program.kill();
    await page.getByText("Đang kết nối lại").first().waitFor({ timeout: 20_000 });
    await page
      .getByText(/Mất kết nối từ/)
      .first()
      .waitFor({ timeout: 60_000 });
    expect(await alerts().getByRole("option").count()).toBeGreaterThan(0);

    program = await start();
    await page
      .getByText(/Trực tuyến|Đã kết nối lại/)
      .first()
      .waitFor({ timeout: 60_000 });
    const after = await footer();
    await until("fresh data again", 60_000, async () => (await footer()) !== after);
    expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);
    expect(await page.getByText(/Mất kết nối từ/).count()).toBe(0);
  }, 300_000);
});
