// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it } from "vitest";
import type { Board } from "@ioc/contracts";
import { frame, now, problem, serve, show, statistic, tidy, usePatched } from "../testing.tsx";
import type { Answers, Asked } from "../testing.tsx";
import { BoardPage } from "./board-page.tsx";
import type { BoardSearch } from "./board-address.ts";

afterEach(tidy);

const items = ["mua", "bui"].map((id) => statistic(id));
const saved: Board = {
  id: "mua-bao",
  version: 2,
  name: "Mưa bão",
  description: "",
  cards: [{ statistic: "mua", span: 2 }],
  updatedAt: now,
};

let search: BoardSearch = {};
let opened: (string | null)[] = [];
const keep = (own: BoardSearch) => void (search = own);
const link = (to: string | null, name: ReactNode) => <a href={`#${to}`}>{name}</a>;
function Page({ id }: { id: string | null }) {
  const [own, patch] = usePatched(search, keep);
  return (
    <BoardPage
      id={id}
      search={own}
      onSearch={patch}
      link={link}
      hrefOf={(to) => `#${to}`}
      back="back"
      onOpen={(to) => opened.push(to)}
    />
  );
}

const open = (id: string | null, first: BoardSearch = {}, answers: Answers = {}): Asked[] => {
  search = first;
  opened = [];
  const asked = serve({
    "GET /statistics": { items, total: 2 },
    "GET /statistics/mua/data": frame("mua"),
    "GET /boards": { items: [saved], total: 1 },
    "GET /boards/mua-bao": saved,
    ...answers,
  });
  show(<Page id={id} />);
  return asked;
};
const giveKey = async (key: string) => {
  fireEvent.change(await screen.findByLabelText("Khóa API", { selector: "input" }), { target: { value: key } });
  fireEvent.click(screen.getByRole("button", { name: "Dùng khóa này" }));
};

it("composes a new board in the address, takes back a removal, and saves it with a key", async () => {
  const put = ({ key, body }: Asked) =>
    key === "good" ? { ...(body as Board), id: "mua-bao-2", updatedAt: now } : 401;
  const asked = open(null, {}, { "PUT /boards/mua-bao-2": put });
  fireEvent.change(await screen.findByRole("textbox", { name: "Tên bảng" }), { target: { value: "Mưa bão" } });
  const add = screen.getByRole("combobox", { name: "Thêm thống kê" });
  await waitFor(() => {
    fireEvent.click(add);
    expect(screen.getByRole("option", { name: /^bui/ })).toBeTruthy();
  });
  fireEvent.click(screen.getByRole("option", { name: /^bui/ }));
  expect(search).toEqual({ name: "Mưa bão", cards: "bui" });
  fireEvent.click(await screen.findByRole("button", { name: "Bỏ" }));
  expect(search.cards).toBe("");
  fireEvent.click(screen.getByRole("button", { name: "Hoàn tác" }));
  expect(search.cards).toBe("bui");

  fireEvent.click(screen.getByRole("button", { name: "Lưu" }));
  await giveKey("bad");
  await screen.findByText(/Máy chủ không nhận khóa này/);
  await giveKey("good");
  await waitFor(() => expect(opened).toEqual(["mua-bao-2"]));
  const sent = asked.filter((one) => one.method === "PUT");
  expect(sent.map((one) => one.key)).toEqual(["bad", "good"]);
  expect(sent[1]!.body).toEqual({
    version: 1,
    name: "Mưa bão",
    description: "",
    cards: [{ statistic: "bui", span: 1 }],
  });
});

it("moves and resizes a card", async () => {
  open("mua-bao", { cards: "mua~~~~2;bui" });
  fireEvent.click(await screen.findByRole("button", { name: "Sửa bảng" }));
  const second = await screen.findByRole("group", { name: /^2\. bui/ });
  fireEvent.click(within(second).getByRole("button", { name: "Chuyển lên trước" }));
  expect(search.cards).toBe("bui;mua~~~~2");
  fireEvent.change(screen.getAllByRole("combobox", { name: "Độ rộng" })[0]!, { target: { value: "4" } });
  expect(search.cards).toBe("bui~~~~4;mua~~~~2");
});

it("says what can be done when somebody else saved in between", async () => {
  const newer = { ...saved, version: 3 };
  let got = 0;
  const asked = open(
    "mua-bao",
    { cards: "bui" },
    {
      "GET /boards/mua-bao": () => (++got === 1 ? saved : newer),
      "PUT /boards/mua-bao": ({ body }: Asked) =>
        (body as Board).version === 3
          ? { ...(body as Board), id: "mua-bao", version: 4, updatedAt: now }
          : problem(409),
    },
  );
  fireEvent.click(await screen.findByRole("button", { name: "Lưu" }));
  await giveKey("good");
  await screen.findByText(/Phiên bản 3 đã được lưu/);
  expect(search.cards).toBe("bui");
  fireEvent.click(screen.getByRole("button", { name: "Thay bằng bản của tôi" }));
  await waitFor(() => expect(search).toEqual({}));
  expect(asked.filter((one) => one.method === "PUT").map((one) => (one.body as Board).version)).toEqual([2, 3]);
});

it("deletes only after a question", async () => {
  const asked = open("mua-bao", {}, { "DELETE /boards/mua-bao": { id: "mua-bao" } });
  fireEvent.click(await screen.findByRole("button", { name: "Sửa bảng" }));
  fireEvent.click(screen.getByRole("button", { name: "Xóa bảng" }));
  expect(asked.some((one) => one.method === "DELETE")).toBe(false);
  const question = screen.getByRole("dialog", { name: "Xóa bảng?" });
  fireEvent.click(within(question).getByRole("button", { name: "Xóa bảng" }));
  await giveKey("good");
  await waitFor(() => expect(opened).toEqual([null]));
});
