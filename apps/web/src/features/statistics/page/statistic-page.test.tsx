// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { PageSearch } from "../statistic-search.ts";
import { frame, now, serve, show, statistic, tidy, usePatched } from "../testing.tsx";
import type { Answers } from "../testing.tsx";
import { StatisticPage } from "./statistic-page.tsx";

beforeAll(() => import("../../../ui/chart/engine.ts"));
afterEach(tidy);

const target = { op: ">=", value: 95, basis: "project", source: "Project setting" } as const;
const item = statistic("mua", {
  name: { vi: "Mưa 24 giờ", en: "Rain" },
  groups: ["city", "station"],
  also: ["bar", "table"],
  target,
  seeds: [{ period: "2023", value: 90, source: { vi: "Báo", en: "Press" } }],
});
const stations = ["a", "b"].map((id) => ({
  id,
  kind: "rain-gauge",
  name: { vi: `Trạm ${id.toUpperCase()}`, en: id },
  areas: {},
  status: { id, state: id === "a" ? "normal" : "offline" },
}));

let view: PageSearch = {};
const keep = (search: PageSearch) => void (view = search);
const links = { statistic: ({ id }: { id: string }, name: ReactNode) => <a href={`#${id}`}>{name}</a> };
function Page() {
  const [search, patch] = usePatched(view, keep);
  return <StatisticPage id="mua" view={search} onView={patch} links={links} />;
}

const open = (first: PageSearch = {}, answers: Answers = {}) => {
  view = first;
  const own = frame("mua", {
    target,
    targetMet: false,
    synthetic: true,
    figures: [{ id: "h1", name: { vi: "Mưa 1 giờ", en: "1 h" }, value: null, unit: "mm", decimals: 1 }],
  });
  const asked = serve({
    "GET /statistics/mua": item,
    "GET /statistics/mua/data": own,
    "GET /statistics/mua/history": { items: [], total: 0 },
    "GET /statistics": { items: [item], total: 1 },
    "GET /stations": { items: stations, total: 2 },
    "GET /operators": { items: [], total: 0 },
    ...answers,
  });
  show(<Page />);
  return asked;
};

it("says value, change, target with whose it is, further figures, and that data are made up", async () => {
  open();
  await screen.findByRole("heading", { level: 1, name: "mua?" });
  const facts = (await screen.findByText("Mưa 1 giờ")).closest("section")!;
  const text = facts.textContent!.replaceAll("\u00a0", " ");
  expect(text).toContain("12,5 mm");
  expect(text).toContain("↑ 2,5 mm / 24 giờ");
  expect(text).toContain("Mục tiêu ≥ 95 mm");
  expect(text).toContain("Chưa đạt");
  expect(text).toContain("Thiết lập của hệ thống");
  expect(text).toContain("Mưa 1 giờ—");
  expect(screen.getByText("Số liệu mô phỏng.")).toBeTruthy();
  expect(screen.getByRole("row", { name: /Năm 2023 90,0.mm Báo/ })).toBeTruthy();
});

it("keeps what is chosen in the address: kind, group, table", async () => {
  open();
  fireEvent.change(await screen.findByRole("combobox", { name: "Kiểu biểu đồ" }), { target: { value: "bar" } });
  expect(view).toEqual({ chart: "bar" });
  fireEvent.change(screen.getByRole("combobox", { name: "Xem theo" }), { target: { value: "station" } });
  expect(view).toEqual({ chart: "bar", group: "station" });
  fireEvent.click(screen.getByRole("tab", { name: "Bảng" }));
  expect(view.tab).toBe("table");
  expect(await screen.findByRole("columnheader", { name: "Mưa (mm)" })).toBeTruthy();
});

it("shows the past plainly, from the instant of the address", async () => {
  const asked = open({ at: "2026-10-20T08:00" });
  await screen.findByText(/Đang xem số liệu như vào lúc 08:00 20\/10\/2026/);
  const data = asked.filter((one) => one.path.startsWith("/statistics/mua/data"));
  expect(data.map((one) => one.path)).toEqual(["/statistics/mua/data?at=2026-10-20T01%3A00%3A00.000Z"]);
  fireEvent.click(screen.getAllByRole("button", { name: "Về hiện tại" })[0]!);
  expect(view).toEqual({});
});

it("compares stations on one axis, and leaves out the one that failed", async () => {
  const of = (id: string) => frame("mua", { group: "station", subject: id });
  open(
    { tab: "subjects", with: ["a"] },
    {
      "GET /statistics/mua/data?group=station&subject=a": of("a"),
      "GET /statistics/mua/data?group=station&subject=b": 400,
    },
  );
  const picker = await screen.findByRole("combobox", { name: "Thêm nơi để so sánh" });
  fireEvent.click(picker);
  fireEvent.click(await screen.findByRole("option", { name: "Trạm B" }));
  expect(view).toEqual({ tab: "subjects", by: "station", with: ["a", "b"] });
  await screen.findByText(/Chưa tải được số liệu/);
  const chosen = screen.getByRole("list", { name: "Các nơi đang so sánh" });
  fireEvent.click(within(chosen).getByRole("button", { name: "Bỏ Trạm A" }));
  expect(view.with).toEqual(["b"]);
});

it("compares with an earlier period: both are named and in the table with their own times", async () => {
  const before = frame("mua", { window: { from: now - 8 * 86_400_000, to: now - 7 * 86_400_000 } });
  open(
    { tab: "periods", at: "2026-10-22T09:00" },
    {
      "GET /statistics/mua/data?at=2026-10-15T02%3A00%3A00.000Z": before,
    },
  );
  expect(((await screen.findByRole("radio", { name: "Tuần trước" })) as HTMLInputElement).checked).toBe(true);
  expect((await screen.findAllByText("Tuần trước · 15/10")).length).toBeGreaterThan(0);
  expect(screen.getAllByText("Kỳ đang xem · 22/10").length).toBeGreaterThan(0);
});
