// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ChartSpec, Frame } from "@ioc/contracts";
import { createTexts, loadTexts } from "../../texts/index.ts";
import { Chart } from "./chart.tsx";
import { FrameTable } from "./frame-table.tsx";
import { TimeSeriesChart } from "./time-series-chart.tsx";

/** Slow machines load the drawing code slowly. */
const patient = { timeout: 20_000 };
const hour = 3_600_000;
const now = Date.UTC(2026, 9, 22, 2);
const spec: ChartSpec = {
  kind: "line",
  title: { vi: "Mực nước thế nào?", en: "How high is the water?" },
  subtitle: { vi: "Mực nước", en: "Water level" },
  source: { vi: "Trạm", en: "Station" },
};
const frame: Frame = {
  statistic: "wx-river-level",
  version: 1,
  group: "station",
  subject: "cam-le",
  columns: [
    { id: "time", name: { vi: "Thời điểm", en: "Time" }, type: "time", role: "x" },
    { id: "value", name: { vi: "Mực nước", en: "Level" }, type: "number", role: "value", unit: "m", decimals: 2 },
    { id: "lat", name: { vi: "Vĩ độ", en: "Latitude" }, type: "number" },
  ],
  rows: [0.5, 0.8, null, 1.2].map((value, index) => [now - (3 - index) * hour, value, 16]),
  value: 1.2,
  previous: null,
  unit: "m",
  decimals: 2,
  asOf: now,
  window: { from: now - 4 * hour, to: now },
  coverage: 0.75,
  status: "ok",
  quality: "partial",
  synthetic: false,
  targetMet: null,
  figures: [],
  error: null,
  thresholds: [],
  target: null,
  finding: null,
  computedAt: now,
};
const nameOf = (id: string) => (id === "cam-le" ? "Cẩm Lệ" : id);
const texts = createTexts("vi", await loadTexts("vi", ["common", "charts"]));
const wrap = (element: React.ReactNode) => <I18nextProvider i18n={texts}>{element}</I18nextProvider>;

beforeAll(async () => {
  // The drawing code is there before the first test: what is measured is behaviour, not loading.
  await import("./engine.ts");
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => 600 });
});
afterEach(cleanup);

describe("a chart", () => {
  it("is drawn first by the server, without a window to measure", () => {
    const html = renderToString(
      wrap(<Chart spec={spec} frame={frame} nameOf={nameOf} first={<img alt="mực nước" />} />),
    );
    expect(html).toContain('aria-label="Mực nước thế nào?"');
    expect(html).toContain('<img alt="mực nước"/>');
  });

  it("replaces the first picture, says its summary, and speaks each value to arrow keys", async () => {
    const view = render(wrap(<Chart spec={spec} frame={frame} nameOf={nameOf} first={<img alt="mực nước" />} />));
    const reader = await screen.findByRole("group", { name: /Dùng phím mũi tên/ }, patient);
    expect(screen.queryByAltText("mực nước")).toBeNull();
    expect(view.container.querySelectorAll("svg").length).toBe(1);
    const figure = view.container.querySelector("figure")!;
    const summary = document.getElementById(figure.getAttribute("aria-describedby")!)!;
    expect(summary.textContent!.replaceAll("\u00a0", " ")).toBe(
      "4 giờ qua cao nhất 1,20 m lúc 09:00 22/10, thấp nhất 0,50 m; hiện tại 1,20 m.",
    );
    const spoken = () => view.container.querySelector("[aria-live]")!.textContent!.replaceAll("\u00a0", " ");
    fireEvent.keyDown(reader, { key: "End" });
    expect(spoken()).toBe("09:00 22/10, 1,20 m");
    fireEvent.keyDown(reader, { key: "ArrowLeft" });
    expect(spoken()).toBe("07:00 22/10, 0,80 m");
    fireEvent.keyDown(reader, { key: "Escape" });
    expect(spoken()).toBe("");
  });

  it("gives its drawing back when it goes", async () => {
    const view = render(wrap(<Chart spec={spec} frame={frame} nameOf={nameOf} />));
    await waitFor(() => expect(view.container.querySelector("svg")).not.toBeNull(), patient);
    view.unmount();
    expect(document.querySelector("svg")).toBeNull();
  });

  it("draws newer data in the same place", async () => {
    const view = render(wrap(<Chart spec={spec} frame={frame} nameOf={nameOf} />));
    await waitFor(() => expect(view.container.textContent).toContain("1,20"), patient);
    const svg = view.container.querySelector("svg");
    const rows = [...frame.rows, [now + hour, 1.55, 16]];
    view.rerender(wrap(<Chart spec={spec} frame={{ ...frame, rows, value: 1.55 }} nameOf={nameOf} />));
    await waitFor(() => expect(view.container.textContent).toContain("1,55"), patient);
    expect(view.container.querySelector("svg")).toBe(svg);
  });
});

it("a history has a name and a drawing", async () => {
  const property = {
    name: { vi: "Mực nước", en: "Level" },
    unit: "m",
    decimals: 2,
    kind: "instant" as const,
    periodSeconds: 600,
  };
  const series = {
    datastream: "cam-le:level",
    from: now - hour,
    to: now,
    time: [now - 1_200_000, now - 600_000, now],
    value: [1, 1.1, 1.3],
  };
  const view = render(wrap(<TimeSeriesChart series={series} property={property} />));
  await waitFor(() => expect(view.container.textContent).toContain("1,30"), patient);
  expect(view.container.querySelector("figure")!.getAttribute("aria-label")).toBe("Mực nước");
});

it("the table has units in its header, the newest first, a dash for a missing value, no coordinates", () => {
  render(wrap(<FrameTable frame={frame} caption="Mực nước" nameOf={nameOf} />));
  const headers = screen.getAllByRole("columnheader").map((cell) => cell.textContent);
  expect(headers).toEqual(["Thời điểm", "Mực nước (m)"]);
  const rows = screen.getAllByRole("row").slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    "09:00 22/10/20261,20",
    "08:00 22/10/2026—",
    "07:00 22/10/20260,80",
    "06:00 22/10/20260,50",
  ]);
});
