import { setTimeout as sleep } from "node:timers/promises";
import { haveBrowser, openBrowser, openPage } from "@ioc/testkit/browser";
import { sendReadings, withProgram } from "./program.ts";
import { median, percentile, printTable } from "./table.ts";

const station = "sf-me-suot";

/**
 * Milliseconds from the start of a POST to the animation frame in which the browser shows the value on the station's panel.
 * Beside it, in the same run, the POST alone (answered after the commit).
 */
export async function pixel(): Promise<void> {
  if (!haveBrowser()) return;
  const { shown, posted } = await withProgram({ IOC_SIMULATE: "off" }, async (program) => {
    const { items } = await program.get<{ items: { id: string; kind: string }[] }>(
      "/api/v1/stations?kind=street-flood&limit=5000",
    );
    const target = items.find((item) => item.id === station)?.id ?? items[0]?.id;
    if (target === undefined) throw new Error("no street-flood station");
    const browser = await openBrowser();
    const { page } = await openPage(browser);
    const send = (value: number): Promise<number> =>
      sendReadings(program, [
        { datastream: `${target}:depth`, phenomenonTime: new Date().toISOString(), result: value },
      ]);
    await send(0.01);
    await page.goto(`${program.url}/console/stations/${target}`);
    await page.getByText(/0,01/).first().waitFor();
    const shown: number[] = [];
    const posted: number[] = [];
    for (let i = 0; i < 200; i++) {
      const value = (10 + (i % 80)) / 100;
      const text = value.toFixed(2).replace(".", ",");
      const seen = page.evaluate(
        (wanted) =>
          new Promise<number>((done) => {
            const look = (): void => {
              if (document.querySelector("main")?.textContent?.includes(wanted))
                done(performance.timeOrigin + performance.now());
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          }),
        text,
      );
      await sleep(50);
      const startedAt = performance.timeOrigin + performance.now();
      posted.push(await send(value));
      shown.push((await seen) - startedAt);
    }
    await browser.close();
    return { shown, posted };
  });
  printTable(
    "POST to the browser's pixel, ms (limit: p99 1,000)",
    ["", "median", "p99", "worst"],
    [
      [
        "POST answered (after the commit)",
        median(posted).toFixed(1),
        percentile(posted, 0.99).toFixed(1),
        Math.max(...posted).toFixed(1),
      ],
      [
        "value on the screen",
        median(shown).toFixed(1),
        percentile(shown, 0.99).toFixed(1),
        Math.max(...shown).toFixed(1),
      ],
    ],
  );
}
