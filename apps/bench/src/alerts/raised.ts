import { setTimeout as sleep } from "node:timers/promises";
import type { Program } from "@ioc/testkit";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import { sendReadings, withProgram } from "../program.ts";
import { median, percentile, printTable } from "../table.ts";

const rule = "w-street-flood";
const limitMs = 1000;

interface Site {
  id: string;
  name: { en: string };
  attributes: Record<string, unknown>;
}

/**
 * Water rises on one street, in readings of the last twelve minutes, three to each that is played beside them: the rule takes the median of
 * three. Answers ms of the POST.
 */
async function flood(program: Program, { id, attributes }: Site, depth: number): Promise<number> {
  const dry = Number(attributes["dry_offset_m"] ?? 0);
  const now = Date.now();
  const observations = Array.from({ length: 36 }, (_, i) => ({
    station: id,
    property: "depth",
    phenomenonTime: new Date(now - (36 - i) * 20_000).toISOString(),
    result: Number((Math.min(1, i / 3) * depth + dry).toFixed(3)),
  }));
  return sendReadings(program, observations);
}

/**
 * Milliseconds from the start of a POST to the animation frame in which a browser's alert list shows the new alert, while the whole played
 * city streams and all rules are on. Beside it the POST alone, answered after the commit of the readings.
 */
export async function raised(): Promise<void> {
  if (!haveBrowser()) return;
  const { shown, posted, city } = await withProgram({ IOC_HISTORY_DAYS: "1" }, async (program) => {
    const { items } = await program.get<{ items: Site[] }>("/api/v1/stations?kind=street-flood&limit=5000");
    const { total } = await program.get<{ total: number }>("/api/v1/stations?limit=1");
    const rules = await program.get<{ total: number }>("/api/v1/warnings?limit=1");
    const browser = await openBrowser({ webgl: false });
    const { page } = await openPage(browser);
    await page.goto(`${program.url}/console`);
    // The past is laid down first; a start is not the state that is measured.
    for (let done = false; !done; await sleep(2000)) {
      done = (await program.get<{ history: { done: boolean } | null }>("/api/v1/simulation")).history?.done ?? true;
    }
    await sleep(30_000);
    const shown: number[] = [];
    const posted: number[] = [];
    const open = await program.get<{ items: { subject: { id: string } }[] }>(
      `/api/v1/alerts?definition=${rule}&state=open&limit=1000`,
    );
    // A street that is under water already raises nothing new.
    const flooded = new Set(open.items.map(({ subject }) => subject.id));
    for (const [i, site] of items.filter(({ id }) => !flooded.has(id)).entries()) {
      const depth = 0.7 + (i % 90) / 100;
      const wanted = `${depth.toFixed(2).replace(".", ",")} m tại `;
      const seen = page.evaluate(
        (text) =>
          new Promise<number>((done, fail) => {
            const until = performance.now() + 20_000;
            const look = (): void => {
              if (document.querySelector("main")?.textContent?.includes(text))
                done(performance.timeOrigin + performance.now());
              else if (performance.now() > until) fail(new Error(`"${text}" was not shown within 20 s`));
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          }),
        wanted,
      );
      await sleep(200);
      const startedAt = performance.timeOrigin + performance.now();
      posted.push(await flood(program, site, depth));
      shown.push((await seen) - startedAt);
    }
    await browser.close();
    return { shown, posted, city: `${total} stations, ${rules.total} rules` };
  });
  const line = (name: string, times: readonly number[], limit: string) => [
    name,
    median(times).toFixed(0),
    percentile(times, 0.99).toFixed(0),
    Math.max(...times).toFixed(0),
    limit,
  ];
  printTable(
    `from readings to the alert on the screen, ms; ${shown.length} alerts, ${city}, streaming`,
    ["", "median", "p99", "worst", "limit p99"],
    [line("POST answered (after the commit)", posted, ""), line("alert on the screen", shown, String(limitMs))],
  );
}
