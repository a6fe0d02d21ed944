// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it } from "vitest";
import type { GallerySearch } from "../statistic-search.ts";
import { serve, show, statistic, tidy, usePatched } from "../testing.tsx";
import { StatisticsGallery } from "./statistics-gallery.tsx";

afterEach(tidy);

const items = [
  statistic("muc-nuoc", { name: { vi: "Mực nước sông", en: "River level" }, domain: "water" }),
  statistic("bui", {
    name: { vi: "Bụi mịn", en: "Fine dust" },
    target: { op: "<=", value: 50, basis: "project", source: "x" },
    targetMet: false,
  }),
  statistic("mua", {
    name: { vi: "Mưa", en: "Rain" },
    domain: "water",
    value: null,
    status: "insufficient",
    coverage: 0.4,
  }),
];

const link = (id: string, name: ReactNode) => <a href={`#${id}`}>{name}</a>;
function Page({ first = {} }: { first?: GallerySearch }) {
  const [search, patch] = usePatched(first);
  return <StatisticsGallery search={search} onSearch={patch} link={link} hrefOf={(id) => `#${id}`} />;
}

const open = async (first?: GallerySearch) => {
  serve({ "GET /statistics": { items, total: 3 } });
  const view = show(<Page {...(first ? { first } : {})} />);
  await screen.findByText("3 thống kê");
  return view;
};

it("shows statistics by domain with counts, and finds words without accents", async () => {
  await open();
  const domains = await screen.findByRole("navigation", { name: "Lĩnh vực thống kê" });
  expect(within(domains).getByRole("button", { name: /Nước 2/ })).toBeTruthy();
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "muc nuoc" } });
  await screen.findByText("1 thống kê");
  expect(screen.getByRole("link", { name: "Mực nước sông" })).toBeTruthy();
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "khong co gi" } });
  fireEvent.click((await screen.findAllByRole("button", { name: "Xóa bộ lọc" }))[0]!);
  await screen.findByText("3 thống kê");
});

it("goes from the search to the first card; when that is gone with the answer, to the first that was found", async () => {
  await open();
  const search = screen.getByRole("searchbox");
  search.focus();
  fireEvent.keyDown(search, { key: "ArrowDown" });
  const first = screen.getAllByRole("link", { name: /^(Bụi mịn|Mực nước sông|Mưa)$/ })[0]!;
  expect(document.activeElement).toBe(first);
  const other = first.textContent === "Mực nước sông" ? "bui" : "muc nuoc";
  fireEvent.change(search, { target: { value: other } });
  await screen.findByText("1 thống kê");
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole("link", { name: /^(Bụi mịn|Mực nước sông)$/ })),
  );
});

it("filters, and says how many each choice would find", async () => {
  await open();
  const targets = screen.getByRole("combobox", { name: "Mục tiêu" });
  expect(within(targets).getByRole("option", { name: "Chưa đạt mục tiêu (1)" })).toBeTruthy();
  expect(within(targets).queryByRole("option", { name: /^Đạt mục tiêu/ })).toBeNull();
  fireEvent.change(targets, { target: { value: "missed" } });
  await screen.findByText("1 thống kê");
  expect(screen.getByRole("link", { name: "Bụi mịn" })).toBeTruthy();
});

it("lists values, targets and why there is none", async () => {
  await open({ look: "list" });
  const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
  expect(row("Bụi mịn").textContent).toContain("Chưa đạt");
  expect(row("Mưa").textContent).toContain("— Chưa đủ số liệu: 40% giá trị hợp lệ.");
  expect(row("Mực nước sông").textContent).toContain("12,5");
});

it("goes to the search with a key, and from it through the cards", async () => {
  await open();
  fireEvent.keyDown(document.body, { key: "/" });
  const search = screen.getByRole("searchbox");
  expect(document.activeElement).toBe(search);
  fireEvent.keyDown(search, { key: "ArrowDown" });
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Bụi mịn"));
  fireEvent.keyDown(document.activeElement!, { key: "ArrowRight" });
  expect(document.activeElement?.textContent).toBe("Mực nước sông");
});

it("says that the list could not be read, and tries again", async () => {
  let answers = 0;
  serve({ "GET /statistics": () => (++answers === 1 ? 500 : { items, total: 3 }) });
  show(<Page />);
  fireEvent.click(await screen.findByRole("button", { name: "Thử lại" }));
  await screen.findByText("3 thống kê");
});
