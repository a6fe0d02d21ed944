import { escapeHtml } from "../api/docs.ts";
import type { Collection, Column, Scalar } from "./collection.ts";
import type { CollectionDocument, LandingDocument } from "./documents.ts";
import type { FeatureJson, ItemPage } from "./items.ts";
import { codes, texts } from "./html-texts.ts";
import { hereWith, hrefOf, type Link, type View } from "./links.ts";

/** Simple pages of the same resources for people: no script, nothing from elsewhere. */

interface Crumb {
  href: string;
  text: string;
}

export function landingPage(document: LandingDocument, view: View): string {
  const links = document.links
    .filter(({ rel }) => rel !== "self" && rel !== "alternate")
    .map((link) => `<li>${anchor(link.href, link.title)}</li>`);
  const body = `<p>${escapeHtml(document.description)}</p><ul>${links.join("")}</ul><p>${escapeHtml(document.attribution)}</p>`;
  return page(document.title, [], body, view);
}

export function conformancePage(classes: readonly string[], view: View): string {
  const t = texts[view.lang];
  const rows = classes.map((one) => `<li><code>${escapeHtml(one)}</code></li>`);
  return page(t.conformance, [home(view)], `<ul>${rows.join("")}</ul>`, view);
}

export function apiPage(paths: Readonly<Record<string, unknown>>, view: View): string {
  const t = texts[view.lang];
  const rows = Object.entries(paths).map(([path, operation]) => {
    const { get } = operation as { get: { parameters: { name?: string; $ref?: string }[] } };
    const names = get.parameters.map((one) => one.name ?? one.$ref?.split("/").at(-1) ?? "");
    const plain = path.includes("{") ? code(path) : `<a href="${escapeHtml(hrefOf(view, path))}">${code(path)}</a>`;
    return `<tr><td>${plain}</td><td>${names.map(code).join(" ")}</td></tr>`;
  });
  const json = hereWith(view, { f: "json" });
  const body = `<p>${anchor(json, "OpenAPI 3.0 (JSON)")}</p>${table([t.address, t.parameters], rows)}`;
  return page(t.api, [home(view)], body, view);
}

export function collectionsPage(documents: readonly CollectionDocument[], view: View): string {
  const t = texts[view.lang];
  const rows = documents.map(({ id, title, description }) => {
    const items = anchor(hrefOf(view, `/collections/${id}/items`), t.features);
    return `<tr><th scope="row">${anchor(hrefOf(view, `/collections/${id}`), title)}</th><td>${escapeHtml(description)}</td><td>${items}</td></tr>`;
  });
  return page(t.collections, [home(view)], table([t.collections, t.meaning, t.links], rows), view);
}

export function collectionPage(collection: Collection, document: CollectionDocument, view: View): string {
  const t = texts[view.lang];
  const rows = collection.columns.map(
    ({ name, title, note, unit }) =>
      `<tr><th scope="row">${code(name)}</th><td>${escapeHtml(title[view.lang] + (note ? ` (${note[view.lang]})` : ""))}</td><td>${escapeHtml(unit ?? "")}</td></tr>`,
  );
  const extent = collection.box ? `<p>${t.extent}: ${escapeHtml(collection.box.join(", "))}</p>` : "";
  const items = anchor(hrefOf(view, `/collections/${collection.id}/items`), t.features);
  const body = `<p>${escapeHtml(document.description)}</p>${extent}<p>${items}</p>${table([t.property, t.meaning, t.unit], rows)}`;
  return page(document.title, [home(view), collectionsCrumb(view)], body, view);
}

export function itemsPage(collection: Collection, found: ItemPage, offset: number, view: View): string {
  const t = texts[view.lang];
  const columns = shownColumns(collection.columns, view);
  const rows = found.features.map(({ id, properties }) => {
    const link = anchor(hrefOf(view, `/collections/${collection.id}/items/${encodeURIComponent(id)}`), id);
    const cells = columns.map((column) => `<td>${cell(column, properties[column.name] ?? null, view)}</td>`);
    return `<tr><th scope="row">${link}</th>${cells.join("")}</tr>`;
  });
  const shown = t.shown(offset + 1, offset + found.numberReturned, found.numberMatched);
  const summary = `<p>${found.numberReturned === 0 ? t.nothing : shown}</p>`;
  const pages = `<nav aria-label="${t.pages}"><ul>${links(found.links, ["prev", "next"])}</ul></nav>`;
  const heads = ["id", ...columns.map(({ title }) => title[view.lang])];
  const crumbs = [home(view), collectionsCrumb(view), collectionCrumb(collection, view)];
  const body = found.numberReturned === 0 ? summary + pages : summary + pages + table(heads, rows);
  return page(`${collection.title[view.lang]}: ${t.features.toLowerCase()}`, crumbs, body, view);
}

export function itemPageHtml(collection: Collection, feature: FeatureJson, view: View): string {
  const t = texts[view.lang];
  const rows = shownColumns(collection.columns, view).map(
    (column) =>
      `<tr><th scope="row">${escapeHtml(column.title[view.lang])} ${code(column.name)}</th><td>${cell(column, feature.properties[column.name] ?? null, view)}</td></tr>`,
  );
  const { geometry } = feature;
  const place = geometry?.type === "Point" ? `${geometry.coordinates[1]}, ${geometry.coordinates[0]}` : geometry?.type;
  const body = `<p>${t.place}: ${escapeHtml(place ?? t.unknown)}</p>${table([t.property, t.value], rows)}`;
  const title = feature.properties[`name_${view.lang}`];
  const items = { href: hrefOf(view, `/collections/${collection.id}/items`), text: t.features };
  const crumbs = [home(view), collectionsCrumb(view), collectionCrumb(collection, view), items];
  return page(typeof title === "string" ? title : feature.id, crumbs, body, view);
}

/** Of the columns that say the same in two languages, the one of this page. */
function shownColumns(columns: readonly Column[], view: View): Column[] {
  const other = view.lang === "vi" ? "_en" : "_vi";
  return columns.filter(({ name }) => !name.endsWith(other));
}

function cell({ name, unit, isTime }: Column, value: Scalar, view: View): string {
  const t = texts[view.lang];
  if (value === null) return "";
  if (typeof value === "boolean") return value ? t.yes : t.no;
  if (isTime && typeof value === "string") return `<time datetime="${value}">${localTime(value, view)}</time>`;
  if (typeof value === "string") return escapeHtml(codes[name]?.[value]?.[view.lang] ?? value);
  const number = new Intl.NumberFormat(view.lang, { maximumFractionDigits: 6 }).format(value);
  return `<span class="number">${escapeHtml(unit === undefined || unit === "1" ? number : `${number} ${unit}`)}</span>`;
}

function localTime(time: string, { lang, timezone }: View): string {
  const format = new Intl.DateTimeFormat(lang, { dateStyle: "short", timeStyle: "short", timeZone: timezone });
  return escapeHtml(format.format(Date.parse(time)));
}

function home(view: View): Crumb {
  return { href: hrefOf(view, "/"), text: texts[view.lang].home };
}

function collectionsCrumb(view: View): Crumb {
  return { href: hrefOf(view, "/collections"), text: texts[view.lang].collections };
}

function collectionCrumb(collection: Collection, view: View): Crumb {
  return { href: hrefOf(view, `/collections/${collection.id}`), text: collection.title[view.lang] };
}

function links(all: readonly Link[], rels: readonly string[]): string {
  const wanted = rels.flatMap((rel) => all.filter((link) => link.rel === rel));
  return wanted
    .map((link) => `<li><a rel="${link.rel}" href="${escapeHtml(link.href)}">${escapeHtml(link.title)}</a></li>`)
    .join("");
}

function anchor(href: string, text: string): string {
  return `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
}

function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

/** Wide tables scroll by themselves, also by keyboard. */
function table(heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join("");
  return `<div class="scroll" role="region" tabindex="0" aria-labelledby="title"><table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function page(title: string, crumbs: readonly Crumb[], body: string, view: View): string {
  const t = texts[view.lang];
  const other = view.lang === "vi" ? "en" : "vi";
  const path = crumbs.map(({ href, text }) => `<li>${anchor(href, text)}</li>`).join("");
  const json = hereWith(view, { f: "json" });
  return `<!doctype html>
<html lang="${view.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} – City IOC</title><link rel="alternate" type="application/json" href="${escapeHtml(json)}"><style>${style}</style></head>
<body><header>${crumbs.length > 0 ? `<nav aria-label="${t.path}"><ol>${path}</ol></nav>` : ""}
<p class="forms"><a lang="${other}" hreflang="${other}" href="${escapeHtml(hereWith(view, { lang: other, f: "html" }))}">${t.other}</a> ${anchor(json, "JSON")}</p></header>
<main><h1 id="title">${escapeHtml(title)}</h1>
${body}
</main></body></html>`;
}

const style = `:root{color-scheme:light dark;font-family:system-ui,sans-serif;line-height:1.5}
body{margin:0 auto;max-width:80rem;padding:1rem}header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 2rem}
header ol,nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:0;padding:0}
header li+li::before{content:"/";margin-right:1rem;opacity:.6}.forms{margin:0;display:flex;gap:1rem}
header a,nav a,main>ul a{display:inline-block;padding:.25rem 0}h1{font-size:1.6rem;line-height:1.25}
.scroll{overflow-x:auto}table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #8886}
thead th{min-width:5rem;vertical-align:bottom}tbody th{min-width:8rem}td{min-width:6rem}time,.number{white-space:nowrap}code{font-size:.92em}`;
