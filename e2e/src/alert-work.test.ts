import { Program, temporaryFolder, until } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { broken } from "./accessibility.ts";

const key = "ioc_key-of-the-browser-tests";
const minute = 60_000;

interface Station {
  id: string;
  name: { vi: string; en: string };
  attributes: Record<string, unknown>;
}

describe.skipIf(!haveBrowser())("an operator", () => {
  const folder = temporaryFolder();
  let program: Program;
  let browser: Browser;
  let alertId = "";

  /** An hour of water on a street, from a sender. */
  const flood = async () => {
    const { items } = await program.get<{ items: Station[] }>("/api/v1/stations?kind=street-flood&limit=1");
    const [station] = items;
    if (!station) throw new Error("the pack has no street-flood station");
    const dry = Number(station.attributes["dry_offset_m"] ?? 0);
    const { now } = await program.get<{ now: number }>("/api/v1/city");
    const observations = [0, 0.05, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2].map((depth, i) => ({
      station: station.id,
      property: "depth",
      phenomenonTime: new Date(now - (35 - i * 5) * minute).toISOString(),
      result: depth + dry,
    }));
    const answer = await fetch(`${program.url}/api/v1/observations`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ observations }),
    });
    expect(answer.status).toBe(202);
    await until("the alert of the street", 30_000, async () => {
      const found = await program.get<{ items: { id: string }[] }>(`/api/v1/alerts?station=${station.id}`);
      alertId = found.items[0]?.id ?? "";
      return alertId !== "";
    });
  };

  const open = async (lang: "vi" | "en") => {
    const opened = await openPage(browser, { locale: lang === "vi" ? "vi-VN" : "en-GB" });
    await opened.context.addInitScript(
      (value) => localStorage.setItem("ioc.preferences", value),
      JSON.stringify({ state: { lang, theme: "light" }, version: 0 }),
    );
    return opened;
  };
  const giveKey = async (page: Page) => {
    const dialog = page.getByRole("dialog", { name: "API key" });
    await dialog.getByLabel("API key").fill(key);
    await dialog.getByRole("button", { name: "Use this key" }).click();
  };

  beforeAll(async () => {
    program = await Program.start({
      dataDir: folder.path,
      env: { IOC_SIMULATE: "off", IOC_HISTORY_DAYS: "0", IOC_API_KEY: key },
    });
    await flood();
    browser = await openBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    folder[Symbol.dispose]();
  });

  test("acknowledges an alert by key, comments, resolves it as a false alarm, and the log shows it after a reload", async () => {
    const { page, context, faults } = await open("en");
    await page.goto(`${program.url}/console`);
    const list = page.getByRole("listbox", { name: "List of alerts" });
    await list.getByRole("option").first().waitFor();
    await list.focus();
    await list.press("ArrowDown");
    await list.press("a");
    await giveKey(page);
    await page.getByText("Acknowledged.", { exact: true }).waitFor();
    await list.getByRole("option").first().getByText("Acknowledged").waitFor();

    await page.goto(`${program.url}/console/alerts/${alertId}`);
    const detail = page.getByRole("complementary", { name: "Alert details" });
    const work = detail.getByRole("region", { name: "Work on the alert" });
    await work.getByText("at level").waitFor();
    await detail.getByText("What the rule sees now").waitFor();
    await detail
      .getByText(/^It is at level|^Because/)
      .first()
      .waitFor();

    await work.getByRole("button", { name: "Comment…" }).click();
    const comment = page.getByRole("dialog", { name: "Comment on the alert" });
    await comment.getByLabel("Comment").fill("A branch lies on the sensor");
    await comment.getByRole("button", { name: "Comment…" }).click();
    await page.getByText("Comment kept.").waitFor();

    await work.getByRole("button", { name: "Resolve…" }).click();
    const resolve = page.getByRole("dialog", { name: "Resolve the alert" });
    await resolve.getByLabel("False alarm").check();
    await resolve.getByRole("button", { name: "Resolve…" }).click();
    await work.getByText("Resolved").waitFor();

    await page.reload();
    const log = detail.getByRole("list").filter({ hasText: "Fired" });
    await log.getByText("Resolved · False alarm").waitFor();
    await log.getByText("A branch lies on the sensor").waitFor();
    const lines = (await log.getByRole("listitem").allInnerTexts()).map((line) => line.replace(/\s+/g, " "));
    expect(lines.slice(0, 3).map((line) => /(Resolved|Comment|Acknowledged)/.exec(line)?.[1])).toEqual([
      "Resolved",
      "Comment",
      "Acknowledged",
    ]);
    expect(lines[0]).toMatch(/by \S+/);
    expect(faults.filter((fault) => !fault.includes("401"))).toEqual([]);
    expect(await broken(page)).toEqual([]);
    await context.close();
  }, 300_000);

  test("keeps a silence only after seeing what it would hide", async () => {
    const { page, context } = await open("en");
    await page.goto(`${program.url}/console/suppressions`);
    const form = page.getByRole("region", { name: "New suppression" });
    await form.getByLabel("Why").fill("Works on the road");
    await form.getByRole("button", { name: "Show what it would hide" }).click();
    await giveKey(page);
    await form.getByText("It would have hidden 1 of 1 alerts").waitFor();
    expect(await broken(page)).toEqual([]);
    const keep = form.getByRole("button", { name: "Keep the suppression" });
    expect(await keep.isDisabled()).toBe(true);
    await form.getByLabel(/This hides more than half/).check();
    await keep.click();
    await page.getByText("The suppression is in force.").waitFor();
    await page.getByRole("rowheader", { name: /Works on the road/ }).waitFor();
    const { suppressedBy } = await program.get<{ suppressedBy: { kind: string }[] }>(`/api/v1/alerts/${alertId}`);
    expect(suppressedBy.map(({ kind }) => kind)).toEqual(["silence"]);
    await page.getByRole("button", { name: "End", exact: true }).click();
    await page.getByText("There is none.").waitFor();
    await context.close();
  }, 300_000);
});
