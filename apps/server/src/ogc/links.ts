import type { Request } from "express";
import type { Lang } from "@ioc/contracts";

export interface Link {
  href: string;
  rel: string;
  type: string;
  title: string;
  hreflang?: string;
}

export type Format = "json" | "html";

/** One request as the documents see it: where we are, in which form and language it is to be answered. */
export interface View {
  /** Absolute address of the landing page, without a slash at its end. */
  base: string;
  /** Path below the landing page, such as `/collections/areas`; empty for the landing page itself. */
  path: string;
  search: URLSearchParams;
  format: Format;
  lang: Lang;
  /** Time zone that pages show times in. */
  timezone: string;
}

/** Representations in JSON that a resource may be asked for by `Accept`. */
const jsonTypes = [
  "application/json",
  "application/geo+json",
  "application/vnd.oai.openapi+json;version=3.0",
  "application/vnd.oai.openapi+json",
  "application/schema+json",
];

/**
 * How a request wants to be answered: `f` and `lang` decide, else `Accept` and `Accept-Language`. What a client leaves open
 * is JSON, because some clients send no more than a wildcard.
 *
 * @param publicUrl configured origin; empty: the address that the request came to.
 */
export function viewOf(
  request: Request,
  search: URLSearchParams,
  { publicUrl, timezone }: { publicUrl: string; timezone: string },
): View {
  const origin = publicUrl || `${request.protocol}://${request.get("host") ?? "localhost"}`;
  const accepted = request.accepts([...jsonTypes, "text/html"]);
  const lang = search.get("lang") ?? request.acceptsLanguages("vi", "en");
  return {
    base: origin + request.baseUrl,
    path: request.path.replace(/\/+$/, ""),
    search,
    format: (search.get("f") ?? (accepted === "text/html" ? "html" : "json")) === "html" ? "html" : "json",
    lang: lang === "en" ? "en" : "vi",
    timezone,
  };
}

/** Absolute address with parameters; `f` and `lang` stay as they were asked for. */
export function hrefOf(view: View, path: string, parameters: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams();
  for (const name of ["f", "lang"]) {
    const asked = view.search.get(name);
    if (asked !== null) search.set(name, asked);
  }
  for (const [name, value] of Object.entries(parameters)) search.set(name, value);
  return `${view.base}${path}${search.size > 0 ? `?${search}` : ""}`;
}

/** The address that was asked for with some parameters changed. */
export function hereWith(view: View, parameters: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(view.search);
  for (const [name, value] of Object.entries(parameters)) search.set(name, value);
  return `${view.base}${view.path}${search.size > 0 ? `?${search}` : ""}`;
}

/** Links to this resource in the form it is answered in, and in the other one. */
export function selfLinks(view: View, jsonType: string): Link[] {
  const forms = [
    { format: "json", type: jsonType, title: view.lang === "vi" ? "Dạng JSON" : "As JSON" },
    { format: "html", type: "text/html", title: view.lang === "vi" ? "Dạng trang web" : "As a web page" },
  ];
  return forms
    .map(({ format, type, title }) => ({
      href: format === view.format ? hereWith(view, {}) : hereWith(view, { f: format }),
      rel: format === view.format ? "self" : "alternate",
      type,
      title,
    }))
    .sort((a, b) => (a.rel > b.rel ? -1 : 1));
}
