import { readFileSync } from "node:fs";
import { renderToString, renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import type { City } from "@ioc/contracts";
import markRules from "./ui/controls/marks.module.css?inline";
import badgeRules from "./ui/controls/severity-badge.module.css?inline";
import pageRules from "./surfaces/public/public.module.css?inline";
import { createTexts, loadTexts } from "./texts/index.ts";
import { CityMapSvg } from "./surfaces/public/city-map-svg.tsx";
import { mapSize } from "./surfaces/public/home-page.tsx";
import { languageOf, PageContext, publicUrl } from "./surfaces/public/model.ts";
import { PublicLayout } from "./surfaces/public/public-layout.tsx";
import { pageOf, publicStations } from "./surfaces/public/routes.tsx";
import type { Data } from "./surfaces/public/routes.tsx";

interface Input {
  /** Path and query as they were asked for. */
  path: string;
  origin: string;
  data: Data;
}

interface Output {
  status: number;
  html: string;
  headers?: Record<string, string>;
}

/** Draws a public address: a page, or the city as a picture. */
export async function render({ path, origin, data }: Input): Promise<Output> {
  const url = new URL(path, origin);
  const { lang, path: rest } = languageOf(url.pathname);
  const pathname = rest.length > 1 ? rest.replace(/\/+$/, "") : rest;
  const city = (await data("/city")) as City;
  const texts = createTexts(lang, await loadTexts(lang, ["common", "public", "charts", "statistics"]));
  if (pathname === "/city-map.svg") {
    const label = texts.t("public:mapTitle");
    return drawMap(city, url.searchParams.get("theme") === "dark" ? "dark" : "light", label, data);
  }
  const query = Object.fromEntries(url.searchParams);
  const page = await pageOf(pathname, { lang, city, data, query, t: (key) => texts.t(`public:${key}`) });
  const body = renderToString(
    <I18nextProvider i18n={texts}>
      <PageContext value={{ lang, city, path: page.status === 404 ? "/" : pathname }}>
        <PublicLayout>{page.body}</PublicLayout>
      </PageContext>
    </I18nextProvider>,
  );
  const title = `${page.title} – ${texts.t("public:brand", { city: city.name[lang] })}`;
  const alternates = (["vi", "en"] as const).map(
    (other) => `<link rel="alternate" hreflang="${other}" href="${escape(origin + publicUrl(pathname, other))}">`,
  );
  const html = `<!doctype html>
<html lang="${lang}" data-theme="auto" data-density="comfortable">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<meta name="description" content="${escape(texts.t("public:statisticsLead"))}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${alternates.join("\n")}
${assets()
  .styles.map((file) => `<link rel="stylesheet" href="/${file}">`)
  .join("\n")}
<style>${pageRules}${markRules}${badgeRules}</style>
<script type="module" src="/${assets().script}"></script>
</head>
<body>${body}</body>
</html>`;
  return { status: page.status, html };
}

async function drawMap(city: City, theme: "light" | "dark", label: string, data: Data): Promise<Output> {
  const [shapes, basemap, stations] = await Promise.all([
    data("/areas/shapes") as Promise<{ features: Shape[] }>,
    data("/basemap") as Promise<{ features: Shape[] }>,
    publicStations(data),
  ]);
  const html = renderToStaticMarkup(
    <CityMapSvg
      label={label}
      theme={theme}
      {...mapSize}
      box={city.box}
      shapes={shapes.features}
      rivers={basemap.features.filter((feature) => feature.properties["layer"] === "river")}
      stations={stations}
    />,
  );
  return {
    status: 200,
    html,
    headers: { "content-type": "image/svg+xml; charset=utf-8", "cache-control": "public, max-age=60" },
  };
}

interface Shape {
  geometry: { type: string; coordinates: unknown };
  properties: Record<string, unknown>;
}

interface Assets {
  script: string;
  styles: string[];
}

let known: Assets | undefined;

/** Files of the client build, found through its manifest beside this file. */
function assets(): Assets {
  if (known) return known;
  const manifest = JSON.parse(
    readFileSync(new URL("../client/.vite/manifest.json", import.meta.url), "utf8"),
  ) as Record<string, { file: string; css?: string[] }>;
  const entry = manifest["src/entry-public.tsx"];
  if (!entry) throw new Error("the client build has no entry for the public pages");
  known = { script: entry.file, styles: entry.css ?? [] };
  return known;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
