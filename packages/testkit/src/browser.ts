import { existsSync } from "node:fs";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";

const executable = process.env["IOC_CHROMIUM"] ?? "/usr/bin/chromium";

/** True when a Chromium is there. Without one the browser tests are skipped with a line; with `CI=true` that is an error. */
export function haveBrowser(): boolean {
  if (existsSync(executable)) return true;
  const message = `no Chromium at ${executable}; install it or set IOC_CHROMIUM`;
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(`skipped: ${message}`);
  return false;
}

const softwareGpu = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];

/**
 * Chromium that draws WebGL in software, so that the map is really drawn. With `webgl: false` it has no graphics processor at all
 * and composes its pages on the processor, which is far quicker than to play one: the way to measure a page without a map.
 */
export function openBrowser({ webgl = true }: { webgl?: boolean } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    args: ["--no-sandbox", "--disable-background-networking", ...(webgl ? softwareGpu : ["--disable-gpu"])],
  });
}

/** A page that notes everything that must not happen: script errors, failed requests and requests to other hosts. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "vi-VN", ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["127.0.0.1", "localhost"].includes(url.hostname) && url.protocol.startsWith("http"))
      faults.push(`outside host: ${request.url()}`);
  });
  return { page, context, faults };
}
