import { endpoints, type Endpoint } from "@ioc/contracts";
import { problemKinds } from "./problem.ts";

/** A plain page that lists every endpoint; no script, nothing from elsewhere. */
export function docsPage(version: string): string {
  const tags = [...new Set(Object.values(endpoints).map((one) => one.tag))];
  const sections = tags.map((tag) => {
    const rows = Object.entries<Endpoint>(endpoints)
      .filter(([, one]) => one.tag === tag)
      .map(([id, one]) => row(id, one));
    return `<h2>${escapeHtml(tag)}</h2><table><thead><tr><th scope="col">Request</th><th scope="col">What</th><th scope="col">Parameters</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
  });
  const problems = Object.entries(problemKinds).map(
    ([slug, text]) => `<dt id="${slug}"><code>${slug}</code></dt><dd>${markup(text)}</dd>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>City IOC: REST API</title><style>${style}</style></head>
<body><main><h1>City IOC: REST API</h1>
<p>Version ${escapeHtml(version)}. Machine-readable: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1).
Reading is open, but for datasets that are shared by agreement or closed. Writing needs an API key,
<code>Authorization: Bearer KEY</code>, or a signed-in person.
Times are ISO 8601 with offset in requests and milliseconds since 1970 (UTC) in answers. Every list answers
<code>{items, total, next?}</code> and takes <code>limit</code> (up to 5,000) and <code>offset</code>.</p>
${sections.join("\n")}
<h2>problems</h2><p>Refusals are problem documents (RFC 9457).</p><dl>${problems.join("")}</dl>
</main></body></html>`;
}

function row(id: string, one: Endpoint): string {
  const shape = one.query && "shape" in one.query ? Object.keys(one.query.shape as object) : [];
  const address = `/api/v1${one.path}`;
  const plain =
    one.method === "get" &&
    !one.key &&
    !one.session &&
    !address.includes("{") &&
    (one.query?.safeParse({}).success ?? true);
  const code = `<code>${one.method.toUpperCase()} ${escapeHtml(address)}</code>`;
  return `<tr id="${id}"><td>${plain ? `<a href="${address}">${code}</a>` : code}${one.key ? " (key)" : ""}${one.session === "needed" ? " (signed in)" : ""}</td><td>${escapeHtml(one.summary)}</td><td>${shape.map((name) => `<code>${escapeHtml(name)}</code>`).join(" ")}</td></tr>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function markup(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

const style = `:root{color-scheme:light dark;font-family:system-ui,sans-serif;line-height:1.5}
body{margin:0}main{max-width:72rem;margin:0 auto;padding:1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #8886}
code{font-size:.92em}h2{margin-top:2rem}dd{margin:0 0 .75rem}`;
