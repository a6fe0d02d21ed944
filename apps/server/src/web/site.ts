import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import express, { type Request, type RequestHandler, type Response } from "express";
import type { Lang } from "@ioc/contracts";
import { messageOf, type Log } from "../log.ts";

/** What the public pages are rendered from; exported by the built web as `render`. */
interface PageInput {
  path: string;
  lang: Lang;
  /** Scheme and host under which the reader sees the server. */
  origin: string;
  /** Value of a GET path of the REST API, without a way over the network. */
  data: (path: string) => Promise<unknown>;
}
interface Page {
  status: number;
  html: string;
  headers?: Record<string, string>;
}
type Render = (input: PageInput) => Promise<Page>;

interface SiteOptions {
  /** Folder of the built web, with `client` and `server`. */
  folder: string;
  /** Configured origin; empty: taken from the request. */
  publicUrl: string;
  data: (path: string) => Promise<unknown>;
  log: Log;
}

/** First parts of paths that the browser application answers itself. */
const applications = new Set(["console", "cockpit", "wall"]);

/** The built web: assets, the application page of console, cockpit and wall, and the rendered public pages. */
export function createSite(options: SiteOptions): { handlers: RequestHandler[]; built: boolean } {
  const client = join(options.folder, "client");
  const entry = join(options.folder, "server", "entry-server.js");
  if (!existsSync(client)) return { handlers: [notBuilt], built: false };
  return { handlers: [packedAssets(client), assets(client), pages(options, client, entry)], built: true };
}

const kinds: Readonly<Record<string, string>> = { ".br": "br", ".gz": "gzip" };

/** Answers with a file that the build compressed beforehand, when there is one and the browser takes it. */
function packedAssets(folder: string): RequestHandler {
  const packed = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:br|gz)$/.test(entry.name))
      .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/")}`),
  );
  return (request, response, next) => {
    for (const [ending, encoding] of Object.entries(kinds)) {
      if (!packed.has(request.path + ending) || request.acceptsEncodings(encoding) !== encoding) continue;
      response.type(request.path.slice(request.path.lastIndexOf(".")));
      response.set("Content-Encoding", encoding).vary("Accept-Encoding");
      request.url = request.path + ending;
      break;
    }
    next();
  };
}

function assets(folder: string): RequestHandler {
  return express.static(folder, {
    index: false,
    redirect: false,
    setHeaders(response, path) {
      const hashed = path.startsWith(join(folder, "assets") + sep);
      response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

function pages(options: SiteOptions, client: string, entry: string): RequestHandler {
  const application = join(client, "app.html");
  const render = loadRender(entry, options.log);
  return async (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    const first = request.path.split("/", 2)[1] ?? "";
    if (applications.has(first)) {
      if (!existsSync(application)) return notBuilt(request, response, next);
      response.set("Cache-Control", "no-cache");
      return response.sendFile(application);
    }
    const draw = await render();
    if (!draw) return notBuilt(request, response, next);
    await sendPage(options, draw, request, response);
  };
}

async function sendPage(options: SiteOptions, draw: Render, request: Request, response: Response): Promise<void> {
  const page = await drawn(options.log, request, () =>
    draw({
      path: request.originalUrl,
      lang: langOf(request),
      origin: options.publicUrl || `${request.protocol}://${request.get("host") ?? "localhost"}`,
      data: options.data,
    }),
  );
  response.status(page.status).set({ "Cache-Control": "no-cache", ...page.headers });
  if (!page.headers?.["content-type"]) response.type("html");
  response.send(page.html);
}

/** A page that cannot be rendered is told as such, and the log has more. */
async function drawn(log: Log, request: Request, draw: () => Promise<Page>): Promise<Page> {
  try {
    return await draw();
  } catch (error) {
    log.error("web", `${request.path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const html = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>City IOC</title></head><body>
<h1>Không hiển thị được trang này</h1><p>Lỗi của máy chủ. Hãy thử lại sau.</p>
<p lang="en">This page cannot be shown: a fault of the server. Try again later.</p></body></html>`;
    return { status: 500, html, headers: { "Cache-Control": "no-store" } };
  }
}

/** English below `/en`; an embedded page says it in `lang`; else Vietnamese. */
function langOf(request: Request): Lang {
  if (/^\/en(?:\/|$)/.test(request.path)) return "en";
  return request.path.startsWith("/embed/") && request.query["lang"] === "en" ? "en" : "vi";
}

/** Loads the rendering code at the first page, and again when a build replaced it. */
function loadRender(entry: string, log: Log): () => Promise<Render | null> {
  let loaded: { version: number; render: Render } | undefined;
  return async () => {
    if (!existsSync(entry)) return null;
    const version = statSync(entry).mtimeMs;
    if (loaded?.version === version) return loaded.render;
    try {
      const module = (await import(`${pathToFileURL(entry).href}?v=${version}`)) as { render?: unknown };
      if (typeof module.render !== "function") return null;
      loaded = { version, render: module.render as Render };
      return loaded.render;
    } catch (error) {
      log.error("web", `cannot load the built pages: ${messageOf(error)}`);
      return null;
    }
  };
}

const notBuilt: RequestHandler = (request, response, next) => {
  if (request.method !== "GET" && request.method !== "HEAD") return next();
  response.status(503).set("Cache-Control", "no-store").type("html");
  response.send(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>City IOC</title></head><body>
<h1>The web interface is not built</h1>
<p>Run <code>pnpm build</code>, or start with <code>pnpm start</code>, which builds it when needed.</p>
<p lang="vi">Giao diện web chưa được dựng: chạy <code>pnpm build</code> hoặc khởi động bằng <code>pnpm start</code>.</p>
<p>The REST API runs: <a href="/api/docs">/api/docs</a>.</p></body></html>`);
};
