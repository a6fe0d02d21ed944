import { Program, temporaryFolder, until } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { broken } from "./accessibility.ts";
import { openMailServer } from "./mail-server.ts";
import type { MailServer } from "./mail-server.ts";

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
  let mailServer: MailServer;
  let browser: Browser;
  let alertId = "";

  /** Half an hour of water on a street, so deep that the desk of the district is told by e-mail too. */
  const flood = async () => {
    const { items } = await program.get<{ items: Station[] }>("/api/v1/stations?kind=street-flood&limit=1");
    const [station] = items;
    if (!station) throw new Error("the pack has no street-flood station");
    const dry = Number(station.attributes["dry_offset_m"] ?? 0);
    const { now } = await program.get<{ now: number }>("/api/v1/city");
    const observations = [0, 0.05, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4].map((depth, i) => ({
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
    mailServer = await openMailServer();
    program = await Program.start({
      dataDir: folder.path,
      env: {
        IOC_SIMULATE: "off",
        IOC_HISTORY_DAYS: "0",
        IOC_API_KEY: key,
        IOC_SMTP_URL: mailServer.url,
        IOC_SMTP_FROM: "ioc@city.example",
      },
    });
    await flood();
    browser = await openBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    await mailServer?.[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  test("sees who was told of an incident, and sends a failed e-mail again once the mailbox is there", async () => {
    const { page, context, faults } = await open("en");
    await page.goto(`${program.url}/console/incidents`);
    const incident = page.getByRole("rowheader").getByRole("link");
    const headline = await incident.innerText();
    expect(await broken(page)).toEqual([]);
    await incident.click();
    await page.getByRole("heading", { level: 1, name: headline }).waitFor();
    await page.getByText(/^Goes up the ladder at /).waitFor();
    const members = page.getByRole("table", { name: "Alerts (1)" });
    expect(await members.getByRole("link").getAttribute("href")).toBe(`/console/alerts/${alertId}`);
    await members.getByRole("cell", { name: "New" }).waitFor();

    // The desk is told after the hold of 30 s.
    await until("the refused e-mail", 60_000, async () => {
      const { items } = await program.get<{ items: { id: string; failed: number }[] }>("/api/v1/notification-channels");
      return items.some(({ id, failed }) => id === "email" && failed === 1);
    });
    await page.getByRole("button", { name: "Enter API key" }).click();
    await giveKey(page);
    const notices = page.getByRole("table", { name: "Notices" });
    const email = notices.getByRole("row").filter({ hasText: "E-mail" });
    await email.getByText("No such mailbox").waitFor();
    await email.getByRole("rowheader", { name: /desk/ }).waitFor();
    await notices.getByRole("row").filter({ hasText: "In this console" }).getByText("Sent").waitFor();
    expect(await broken(page)).toEqual([]);
    mailServer.known = true;
    await email.getByRole("button", { name: "Send again" }).click();
    await page.getByText("The notice waits for another attempt.").waitFor();
    await until("the e-mail", 30_000, () => Promise.resolve(mailServer.mails.length > 0));
    expect(mailServer.mails).toHaveLength(1);
    expect(mailServer.mails[0]).toMatch(/^X-IOC-Notification-Key:/im);

    await page.getByRole("link", { name: "All incidents" }).click();
    await page.getByRole("link", { name: "Notifications" }).click();
    const channel = page.getByRole("table", { name: "Channels" }).getByRole("row").filter({ hasText: "E-mail" });
    await expect.poll(() => channel.getByRole("cell").allInnerTexts()).toEqual(["Ready", "0", "1", "0", "", "Test"]);
    await page.getByRole("table", { name: "On call now" }).waitFor();
    await page.getByRole("table", { name: "Routes" }).waitFor();
    await email.getByText("Sent").waitFor();
    await page.getByRole("button", { name: "Failed" }).click();
    await page.getByText("There is none of these.").waitFor();
    expect(await broken(page)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  }, 300_000);

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

  test("has the same pages on a phone in Vietnamese, without anything cut off", async () => {
    const { page, context, faults } = await open("vi");
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of ["incidents", "notifications", "suppressions", "forecasts", "warnings"]) {
      await page.goto(`${program.url}/console/${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.getByRole("table").or(page.getByRole("tab")).first().waitFor();
      // Tables and the strip of figures scroll by themselves; the page and the bar of places do not.
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("nav, nav a, body *:has(h1)")]
          .filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map((one) => `${one.tagName} ${one.textContent?.slice(0, 40)}`),
      );
      expect([path, cut]).toEqual([path, []]);
      const bar = page.getByRole("navigation").first();
      expect(await bar.evaluate((one) => one.scrollHeight <= one.clientHeight)).toBe(true);
    }
    expect(faults).toEqual([]);
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
