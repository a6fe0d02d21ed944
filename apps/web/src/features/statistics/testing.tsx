import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, render } from "@testing-library/react";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { vi } from "vitest";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { useApiKey } from "../../data/api-key.ts";
import { createTexts, loadTexts } from "../../texts/index.ts";

// What is waited for comes; how soon is the machine's matter. A second, the library's own limit, is too short for a page of
// charts on a machine that does three other things.
configure({ asyncUtilTimeout: 20_000 });

const texts = createTexts(
  "vi",
  await loadTexts("vi", ["common", "charts", "statistics", "boards", "editor", "incidents"]),
);
const both = (text: string) => ({ vi: text, en: `${text} (en)` });
export const now = Date.UTC(2026, 9, 22, 2);
const hour = 3_600_000;

/** A definition with its newest value. */
export function statistic(id: string, more: Partial<StatisticItem> = {}): StatisticItem {
  return {
    id,
    version: 3,
    domain: "air",
    name: both(id),
    question: both(`${id}?`),
    measures: both("x"),
    input: [{ kind: "rain-gauge", properties: ["rain"] }],
    pipeline: [{ op: "hours", span: "PT24H" }, { op: "table" }],
    unit: "mm",
    decimals: 1,
    window: "PT24H",
    completeness: 0.75,
    groups: ["city"],
    rollUp: "sum",
    refreshSeconds: 900,
    audience: ["operator"],
    chart: "line",
    also: [],
    thresholds: [],
    target: null,
    method: both("m"),
    source: both("s"),
    seeds: [],
    custom: false,
    synthetic: false,
    targetMet: null,
    value: 12.5,
    previous: 10,
    asOf: now,
    coverage: 1,
    status: "ok",
    error: null,
    ...more,
  };
}

/** A history of two hours. */
export function frame(id: string, more: Partial<Frame> = {}): Frame {
  return {
    statistic: id,
    version: 3,
    group: "city",
    subject: null,
    columns: [
      { id: "time", name: both("Giờ"), type: "time", role: "x" },
      { id: "value", name: both("Mưa"), type: "number", role: "value", unit: "mm", decimals: 1 },
    ],
    rows: [
      [now - hour, 3],
      [now, 12.5],
    ],
    value: 12.5,
    previous: 10,
    unit: "mm",
    decimals: 1,
    asOf: now,
    window: { from: now - 24 * hour, to: now },
    coverage: 1,
    status: "ok",
    quality: "good",
    synthetic: false,
    targetMet: null,
    figures: [],
    error: null,
    thresholds: [],
    target: null,
    finding: null,
    computedAt: now,
    ...more,
  };
}

export const city = {
  id: "x",
  name: both("Thành phố"),
  scheme: "s",
  schemes: [{ id: "s", name: both("s"), levels: ["city", "ward"], validFrom: null, validTo: null }],
  domains: [
    { id: "air", name: both("Không khí") },
    { id: "water", name: both("Nước") },
  ],
  agencies: [],
};

export interface Asked {
  method: string;
  path: string;
  body: unknown;
  key: string | null;
}
/** Answers by `GET /path`; a function sees the request; a number is a status without words. */
export type Answers = Record<string, unknown>;

/** A server that answers from a table, and what it was asked. */
export function serve(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  const all: Answers = {
    "GET /city": city,
    "GET /areas": { items: [], total: 0 },
    "GET /stations": { items: [], total: 0 },
    "GET /kinds": { items: [], total: 0 },
    "GET /datasets": { items: [], total: 0 },
    "GET /warnings": { items: [], total: 0 },
    ...answers,
  };
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    const method = init.method ?? "GET";
    const path = url.replace("/api/v1", "");
    const headers = (init.headers ?? {}) as Record<string, string>;
    const request: Asked = {
      method,
      path,
      body: typeof init.body === "string" ? JSON.parse(init.body) : undefined,
      key: headers["authorization"]?.replace("Bearer ", "") ?? null,
    };
    asked.push(request);
    const found = all[`${method} ${path}`] ?? all[`${method} ${path.replace(/\?.*$/, "")}`] ?? 404;
    const answer: unknown = typeof found === "function" ? (found as (request: Asked) => unknown)(request) : found;
    if (answer instanceof Response) return answer;
    return typeof answer === "number" ? problem(answer) : Response.json(answer);
  });
  return asked;
}

/** A refusal of the server. */
export function problem(status: number, more: object = {}): Response {
  return Response.json({ type: "about:blank", title: "refused", status, ...more }, { status });
}

/** Draws something with texts and a query client of its own. */
export function show(element: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrap = (content: ReactNode) => (
    <I18nextProvider i18n={texts}>
      <QueryClientProvider client={client}>{content}</QueryClientProvider>
    </I18nextProvider>
  );
  const view = render(wrap(element));
  return { ...view, again: (content: ReactNode) => view.rerender(wrap(content)) };
}

/** What every test leaves behind is put away. */
export function tidy(): void {
  cleanup();
  vi.unstubAllGlobals();
  useApiKey.getState().setKey(null);
}

/** A search as the address of a page would keep it, and what patches it; `onSearch` hears of each state. */
export function usePatched<S extends object>(first: S, onSearch?: (search: S) => void): [S, (patch: object) => void] {
  const [search, setSearch] = useState(first);
  useEffect(() => onSearch?.(search), [search, onSearch]);
  const patch = (change: object) =>
    setSearch(
      (before) =>
        Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined)) as S,
    );
  return [search, patch];
}
