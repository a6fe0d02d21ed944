import { setTimeout as sleep } from "node:timers/promises";
import { until } from "@ioc/testkit";
import type { Program } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import { benchKey, residentMegabytes, withProgram } from "./program.ts";
import { median, printTable } from "./table.ts";

const cards = 24;

type Opened = Awaited<ReturnType<typeof openPage>>;
type Page = Opened["page"];
type CDPSession = Awaited<ReturnType<Opened["context"]["newCDPSession"]>>;

interface Listed {
  id: string;
  status: string;
  refreshSeconds: number;
  chart: string;
  input: { kind?: string }[];
}

/** The statistics of stations that refresh most often, one of each chart first, so that the page holds every renderer. */
function liveliest(items: readonly Listed[]): string[] {
  const fit = items
    .filter(({ status, input }) => status === "ok" && input.some(({ kind }) => kind !== undefined))
    .sort((a, b) => a.refreshSeconds - b.refreshSeconds);
  const seen = new Set<string>();
  const first = fit.filter(({ chart }) => !seen.has(chart) && seen.add(chart));
  return [...new Set([...first, ...fit].map(({ id }) => id))].slice(0, cards);
}

async function saveBoard(program: Program, statistics: readonly string[]): Promise<void> {
  const answer = await fetch(`${program.url}/api/v1/boards/live`, {
    method: "PUT",
    headers: { "content-type": "application/json", authorization: `Bearer ${benchKey}` },
    body: JSON.stringify({
      version: 1,
      name: "24 live charts",
      description: "",
      cards: statistics.map((statistic) => ({ statistic, span: 1 })),
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Milliseconds between animation frames over `forMs` of real time. */
function frameTimes(page: Page, forMs: number): Promise<number[]> {
  return page.evaluate(
    (length) =>
      new Promise<number[]>((done) => {
        const times: number[] = [];
        const startedAt = performance.now();
        let last = startedAt;
        const next = (at: number): void => {
          times.push(at - last);
          last = at;
          if (at - startedAt < length) requestAnimationFrame(next);
          else done(times.slice(1));
        };
        requestAnimationFrame(next);
      }),
    forMs,
  );
}

async function heapMegabytes(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 1_048_576;
}

/** Resident memory of the largest page process, MB. */
async function pageMegabytes(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return Math.max(...processInfo.filter(({ type }) => type === "renderer").map(({ id }) => residentMegabytes(id)));
}

const idle = "about:blank, the same browser";

/**
 * A board of 24 statistics that refresh while the city runs at 60×: frames a second, and memory of the page's process at the
 * start and after `minutes` of real time. Beside it an empty page of the same browser. Pages are composed on the processor: with a
 * played graphics processor, as the map needs it, the same board had 0.7 frames a second on two cores, most of them spent in playing it.
 */
export async function charts(minutes = 30): Promise<void> {
  if (!haveBrowser()) return;
  const env = { IOC_HISTORY_DAYS: "1", IOC_SIMULATE_SPEED: "60" };
  await withProgram(env, async (program) => {
    let chosen: string[] = [];
    await until("24 statistics with a value", 600_000, async () => {
      const { items } = await program.get<{ items: Listed[] }>("/api/v1/statistics?limit=5000");
      chosen = liveliest(items);
      return chosen.length === cards;
    });
    await saveBoard(program, chosen);
    const browser = await openBrowser({ webgl: false });
    const ofBrowser = await browser.newBrowserCDPSession();
    const { page, context, faults } = await openPage(browser, { viewport: { width: 1920, height: 2400 } });
    const session = await context.newCDPSession(page);
    const empty = { fps: rate(await frameTimes(page, 10_000)), process: await pageMegabytes(ofBrowser) };
    await page.goto(`${program.url}/console/statistics/boards/live`);
    await until(
      "all charts drawn",
      120_000,
      async () => (await page.locator("article svg, article table").count()) >= cards,
    );
    const updates = await countChanges(page);
    const first = { heap: await heapMegabytes(session), process: await pageMegabytes(ofBrowser) };
    const windows: { fps: number; longest: number }[] = [];
    const end = Date.now() + minutes * 60_000;
    while (Date.now() < end) {
      const times = await frameTimes(page, 10_000);
      windows.push({ fps: rate(times), longest: Math.max(...times) });
      await sleep(Math.min(5_000, Math.max(0, end - Date.now())));
    }
    const last = { heap: await heapMegabytes(session), process: await pageMegabytes(ofBrowser) };
    const changed = await updates();
    await browser.close();
    printTable(
      `A board of ${cards} live charts, city at 60×, ${minutes} min`,
      ["", idle, "at the start", "at the end", "limit"],
      [
        [
          "frames a second, median of 10 s windows",
          empty.fps.toFixed(1),
          "",
          median(windows.map(({ fps }) => fps)).toFixed(1),
          "≥ 50",
        ],
        ["frames a second, worst window", "", "", Math.min(...windows.map(({ fps }) => fps)).toFixed(1), ""],
        ["longest frame, ms", "", "", Math.max(...windows.map(({ longest }) => longest)).toFixed(0), ""],
        ["script memory after collection, MB", "", first.heap.toFixed(0), last.heap.toFixed(0), "≤ 300"],
        [
          "resident memory of the page's process, MB",
          empty.process.toFixed(0),
          first.process.toFixed(0),
          last.process.toFixed(0),
          "",
        ],
      ],
    );
    console.log(
      `cards that changed their drawing: ${changed.cards} of ${cards}, ${changed.changes} changes; faults: ${faults.length}\n`,
    );
    for (const fault of faults.slice(0, 5)) console.log(`  ${fault}`);
  });
}

const rate = (times: readonly number[]) => (1000 * times.length) / times.reduce((sum, ms) => sum + ms, 0);

/** Counts which cards change from now on: a page that stands still would be fast, too. */
async function countChanges(page: Page): Promise<() => Promise<{ cards: number; changes: number }>> {
  await page.evaluate(() => {
    const counts = new Map<Element, number>();
    const note = (records: MutationRecord[]): void => {
      const touched = new Set(
        records.map(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest("article")),
      );
      for (const card of touched) if (card) counts.set(card, (counts.get(card) ?? 0) + 1);
    };
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    Object.assign(globalThis, { changesOfCards: counts });
  });
  return () =>
    page.evaluate(() => {
      const counts = (globalThis as unknown as { changesOfCards: Map<Element, number> }).changesOfCards;
      return { cards: counts.size, changes: [...counts.values()].reduce((sum, count) => sum + count, 0) };
    });
}
