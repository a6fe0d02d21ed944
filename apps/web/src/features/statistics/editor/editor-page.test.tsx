// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { OperatorItem, StatisticItem } from "@ioc/contracts";
import { useApiKey } from "../../../data/api-key.ts";
import { frame, now, problem, serve, show, statistic, tidy } from "../testing.tsx";
import type { Answers, Asked } from "../testing.tsx";
import { EditorPage } from "./editor-page.tsx";

beforeAll(() => import("../../../ui/chart/engine.ts"));
afterEach(tidy);

const operator = (op: string, takes: string, gives: string, parameters: object = {}): OperatorItem => ({
  op,
  takes,
  gives,
  doc: { vi: `Phép ${op}`, en: op },
  parameters: { type: "object", ...parameters },
});
const operators = [
  operator("hours", "nothing", "grid", { properties: { span: { type: "string" } }, required: ["span"] }),
  operator("smooth", "grid", "grid"),
  operator("table", "grid", "result"),
  operator("finding", "result", "result", { properties: { cases: { type: "array", items: { type: "object" } } } }),
];
const item = statistic("mua", { name: { vi: "Mưa", en: "Rain" } });

let dirty: boolean[] = [];
let saved: (string | null)[] = [];
const open = (answers: Answers = {}, props: { id: string | null; from?: string } = { id: "mua" }): Asked[] => {
  dirty = [];
  saved = [];
  useApiKey.getState().setKey("good");
  const asked = serve({
    "GET /statistics/mua": item,
    "GET /operators": { items: operators, total: operators.length },
    "GET /statistics/mua/versions": { items: [], total: 0 },
    "POST /statistics/preview": { problems: [], frame: frame("mua") },
    ...answers,
  });
  show(<EditorPage {...props} back="back" onDirty={(is) => dirty.push(is)} onSaved={(id) => saved.push(id)} />);
  return asked;
};
const name = () => screen.findByRole("textbox", { name: "Tên · tiếng Việt" });
const patient = { timeout: 5_000 };

it("previews what is written once typing rests, and saves it as the next version with a note", async () => {
  const asked = open({
    "PUT /statistics/mua": ({ body }: Asked) => ({
      ...item,
      ...(body as { definition: StatisticItem }).definition,
      version: 4,
    }),
  });
  fireEvent.change(await name(), { target: { value: "Mưa m" } });
  fireEvent.change(await name(), { target: { value: "Mưa mới" } });
  expect(dirty.at(-1)).toBe(true);
  await screen.findByText("Tính xong.", {}, patient);
  const previews = asked.filter((one) => one.path === "/statistics/preview");
  expect(previews.map((one) => (one.body as { definition: StatisticItem }).definition.name.vi)).toEqual([
    "Mưa",
    "Mưa mới",
  ]);
  fireEvent.click(screen.getByRole("button", { name: "Lưu phiên bản" }));
  fireEvent.change(screen.getByRole("textbox", { name: "Ghi chú" }), { target: { value: "Đổi tên" } });
  fireEvent.click(screen.getAllByRole("button", { name: "Lưu phiên bản" }).at(-1)!);
  await screen.findByText("Phiên bản 4, không có thay đổi.");
  const put = asked.find((one) => one.method === "PUT")!;
  expect(put.key).toBe("good");
  expect(put.body).toMatchObject({
    note: "Đổi tên",
    definition: { id: "mua", version: 3, name: { vi: "Mưa mới", en: "Rain" } },
  });
  expect(put.body).not.toHaveProperty("definition.value");
  expect(dirty.at(-1)).toBe(false);
});

it("shows what is wrong at its step, and does not save that", async () => {
  open({ "POST /statistics/preview": { problems: ["pipeline[1] (table): value: is missing"], frame: null } });
  await screen.findByText("1 chỗ cần sửa.", {}, patient);
  fireEvent.change(await name(), { target: { value: "Khác" } });
  expect((screen.getByRole("button", { name: "Lưu phiên bản" }) as HTMLButtonElement).disabled).toBe(true);
  const step = document.getElementById("step-1") as HTMLDetailsElement;
  expect(step.open).toBe(true);
  expect(step.textContent).toContain("value: is missing");
  expect(screen.getByRole("button", { name: "Đến chỗ này" })).toBeTruthy();
});

it("offers only operators that fit, in their place", async () => {
  const asked = open();
  await name();
  await waitFor(() => expect(screen.getAllByRole("combobox", { name: /Thêm bước/ })).toHaveLength(1));
  const end = screen.getByRole("combobox", { name: "Thêm bước (nhận result)" });
  expect([...end.querySelectorAll("option")].map((option) => option.value)).toEqual(["", "finding"]);
  fireEvent.click(screen.getAllByRole("button", { name: "Thêm bước sau" })[0]!);
  const middle = screen.getByRole("combobox", { name: "Thêm bước (nhận grid)" });
  fireEvent.change(middle, { target: { value: "smooth" } });
  fireEvent.click(screen.getAllByRole("button", { name: "Thêm" })[0]!);
  await waitFor(
    () =>
      expect(
        asked
          .filter((one) => one.path === "/statistics/preview")
          .map((one) => (one.body as { definition: StatisticItem }).definition.pipeline.map((step) => step.op))
          .at(-1),
      ).toEqual(["hours", "smooth", "table"]),
    patient,
  );
});

it("says a conflict and what the server refuses, and keeps what was written", async () => {
  let puts = 0;
  open({
    "PUT /statistics/mua": () =>
      ++puts === 1
        ? problem(409, { detail: "Version 4 is in force." })
        : problem(422, { errors: [{ path: "definition.name", message: "too long" }] }),
  });
  fireEvent.change(await name(), { target: { value: "Khác" } });
  await screen.findByText("Tính xong.", {}, patient);
  fireEvent.click(screen.getByRole("button", { name: "Lưu phiên bản" }));
  const save = () => fireEvent.click(screen.getAllByRole("button", { name: "Lưu phiên bản" }).at(-1)!);
  save();
  await screen.findByText(/Người khác đã lưu một phiên bản mới/);
  save();
  await screen.findByText("definition.name");
  expect(((await name()) as HTMLInputElement).value).toBe("Khác");
});

it("restores an earlier version into the form", async () => {
  const { custom: _custom, ...definition } = { ...item, name: { vi: "Mưa cũ", en: "Old" }, checks: [] };
  open({
    "GET /statistics/mua/versions": { items: [{ version: 2, at: now, by: "Hoa", note: "đầu", definition }], total: 1 },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Khôi phục phiên bản 2" }));
  expect(((await name()) as HTMLInputElement).value).toBe("Mưa cũ");
  expect(screen.getByText("Có thay đổi chưa lưu.")).toBeTruthy();
});

it("starts a copy under an id of its own", async () => {
  open({}, { id: null, from: "mua" });
  expect(((await name()) as HTMLInputElement).value).toBe("Mưa (bản sao)");
  const id = screen.getByRole("textbox", { name: "Mã" });
  fireEvent.change(id, { target: { value: "Mưa Mới" } });
  expect(screen.getByText(/Chỉ dùng chữ thường không dấu/)).toBeTruthy();
});
