import { expect, test } from "vitest";
import type { City, StatisticItem } from "@ioc/contracts";
import { pageOf } from "./routes.tsx";

const name = { vi: "Ngập", en: "Flood" };
const statistics = [
  { id: "for-all", domain: "flood", audience: ["leader", "public"], name },
  { id: "inside", domain: "flood", audience: ["leader", "operator"], name },
] as StatisticItem[];
const city = { domains: [{ id: "flood", name }] } as City;

/** The page of a path, and what was read for it. */
async function page(path: string) {
  const read: string[] = [];
  const data = (asked: string): Promise<unknown> => {
    read.push(asked);
    const lists: Record<string, unknown[]> = { "/statistics?limit=5000": statistics };
    return Promise.resolve({ items: lists[asked] ?? [] });
  };
  return { ...(await pageOf(path, { lang: "vi", city, data, query: {}, t: (key) => key })), read };
}

test("residents see the statistics that are for them", async () => {
  expect(await page("/statistics/flood/for-all")).toMatchObject({ status: 200, title: "Ngập" });
  for (const path of ["/", "/statistics", "/statistics/flood"]) {
    const shown = (await page(path)).body.props as { statistics: StatisticItem[] };
    expect(shown.statistics.map(({ id }) => id)).toEqual(["for-all"]);
  }
});

test("one that is not for them has no page, and nothing of it is read", async () => {
  for (const path of ["/statistics/flood/inside", "/statistics/flood/none", "/statistics/air/for-all"]) {
    const { status, read } = await page(path);
    expect(status).toBe(404);
    expect(read).toEqual(["/statistics?limit=5000"]);
  }
});
