import { beforeAll, describe, expect, test } from "vitest";
import { played, playedCity, sumOf, wholePast } from "../testing/played-city.ts";
import type { PlayedCity } from "./city.ts";
import type { Row } from "./played.ts";

const now = Date.parse("2026-10-28T10:20:00+07:00");
const yearEnd = (year: number): number => Date.parse(`${year}-12-31T23:59:00+07:00`);
let city: PlayedCity;
beforeAll(async () => {
  city = await playedCity(now);
});
const rowsOf = (id: string, from: PlayedCity = city): Row[] => wholePast(played(from, id), now);
const year =
  (text: string) =>
  (row: Row): boolean =>
    String(row["quarter"] ?? row["month"]).startsWith(text);

describe("press figures come out", () => {
  test("ICT revenue and software exports of 2023: amount, plan, growth", () => {
    const rows = rowsOf("ict-industry-quarterly");
    expect(sumOf(rows, "revenue_vnd_bn", year("2023"))).toBe(36_571);
    expect(sumOf(rows, "revenue_plan_vnd_bn", year("2023"))).toBe(36_198);
    expect(sumOf(rows, "revenue_vnd_bn", year("2022"))).toBe(34_307);
    expect(sumOf(rows, "software_export_usd_m", year("2023"))).toBeCloseTo(147.8, 9);
    expect(sumOf(rows, "software_export_plan_usd_m", year("2023"))).toBeCloseTo(145.98, 9);
    const growth = 147.8 / sumOf(rows, "software_export_usd_m", year("2022")) - 1;
    expect(100 * growth).toBeCloseTo(12, 1);
  });

  test("shares of the GRDP and of retail sales in 2023", () => {
    const grdp = rowsOf("grdp-accounts");
    const whole = sumOf(grdp, "grdp_current_vnd_bn", year("2023"));
    expect((100 * sumOf(grdp, "digital_economy_vnd_bn", year("2023"))) / whole).toBeCloseTo(19.76, 2);
    expect((100 * sumOf(grdp, "it_industry_vnd_bn", year("2023"))) / whole).toBeCloseTo(12, 2);
    const shops = rowsOf("ecommerce-quarterly");
    const share = sumOf(shops, "ecommerce_vnd_bn", year("2023")) / sumOf(shops, "retail_vnd_bn", year("2023"));
    expect(100 * share).toBeCloseTo(12, 2);
  });

  test("payment accounts and telecoms of the fourth quarter of 2023", () => {
    const bank = rowsOf("bank-accounts-quarterly").find(year("2023-Q4"));
    expect(bank).toMatchObject({ active_accounts: 3_550_000, population_15plus: 683_570 });
    const telecom = rowsOf("telecom-quarterly").find(year("2023-Q4")) ?? {};
    const per = (column: string): number => Number(telecom[column]) / Number(telecom["population"]);
    expect(100 * per("mobile_subscribers")).toBeCloseTo(276, 3);
    expect(100 * per("smartphones")).toBeCloseTo(105, 3);
    expect(per("social_accounts")).toBeCloseTo(2, 5);
    expect(per("population_5g")).toBeLessThan(0.2);
  });

  test.each(["dn-2025", "dn-2024"])(
    "digital firms, platforms and accounts at the end of 2023 under %s",
    async (scheme) => {
      const own = scheme === "dn-2025" ? city : await playedCity(now, { scheme });
      const firms = rowsOf("enterprise-registry-monthly", own);
      const digital = sumOf(firms, "digital_tech", year("2023-12"));
      expect((1000 * digital) / own.people).toBeCloseTo(2.3, 3);
      if (scheme === "dn-2024") expect(digital).toBe(2609);
      expect(sumOf(firms, "using_einvoice", year("2023-12"))).toBe(sumOf(firms, "active", year("2023-12")));
      expect(sumOf(firms, "sme_on_platform", year("2023-12")) / sumOf(firms, "sme", year("2023-12"))).toBeCloseTo(
        0.5,
        4,
      );
      const accounts = rowsOf("digital-accounts-monthly", own);
      const stores = sumOf(accounts, "adults_with_data_store", year("2023-12"));
      expect((100 * stores) / sumOf(accounts, "adults", year("2023-12"))).toBeCloseTo(45, 3);
    },
  );

  test("15,000 transactions of the population database in every month of 2023", () => {
    const rows = rowsOf("npd-transactions-monthly");
    expect(sumOf(rows, "transactions", year("2023"))).toBe(180_000);
    expect(sumOf(rows, "transactions", year("2023-02"))).toBe(15_000);
    expect(new Set(rows.map((row) => row["data_service"])).size).toBe(3);
  });

  test("targets of 2023: 12 of 12, 9 of 9, 8 of 9", () => {
    const rows = rowsOf("digital-targets").filter((row) => row["year"] === 2023);
    const isMet = ({ direction, actual_value: actual, plan_value: plan }: Row): boolean =>
      direction === "at-least" ? Number(actual) >= Number(plan) : Number(actual) <= Number(plan);
    const met = (pillar: string): number[] => {
      const own = rows.filter((row) => row["pillar"] === pillar);
      return [own.filter(isMet).length, own.length];
    };
    expect(met("digital-government")).toEqual([12, 12]);
    expect(met("digital-economy")).toEqual([9, 9]);
    expect(met("digital-society")).toEqual([8, 9]);
  });

  test("open datasets, users and visits at the ends of 2023 and 2025; agencies of 2023", () => {
    const catalogue = played(city, "open-data-catalogue");
    const openBy = (at: number): Row[] =>
      [...catalogue.rows(0, at, at)].filter((row) => row["classification"] === "open");
    expect(openBy(yearEnd(2023))).toHaveLength(1000);
    expect(openBy(yearEnd(2025))).toHaveLength(1500);
    // 18 of the 22 that must: 82 % in whole per cent.
    expect(new Set(openBy(yearEnd(2023)).map((row) => row["agency_id"])).size).toBe(18);
    expect(openBy(now).every((row) => row["on_national_portal"] === true)).toBe(true);
    const usage = rowsOf("portal-usage-daily");
    const until = (date: string): Row[] => usage.filter((row) => String(row["date"]) <= date);
    expect(sumOf(until("2023-12-31"), "visits")).toBe(5_000_000);
    expect(sumOf(until("2025-12-31"), "visits")).toBe(5_800_000);
    expect(until("2023-12-31").at(-1)?.["users_total"]).toBe(1100);
    expect(until("2025-12-31").at(-1)?.["users_total"]).toBe(1800);
  });

  test("services: all that can be are fully online, 96 % used, 82 % on the national portal", () => {
    const rows = rowsOf("public-services");
    const online = rows.filter((row) => row["online_level"] !== "information");
    expect(rows.every((row) => row["full_online_eligible"] !== true || row["online_level"] === "full")).toBe(true);
    const share = (fits: (row: Row) => boolean): number => (100 * online.filter(fits).length) / online.length;
    expect(share((row) => Number(row["online_records_12m"]) > 0)).toBeCloseTo(96, 1);
    expect(share((row) => row["on_national_portal"] === true)).toBeCloseTo(82, 1);
    const reports = rowsOf("state-reports-monthly");
    expect(sumOf(reports, "reports_online", year("2023"))).toBe(sumOf(reports, "reports_due", year("2023")));
  });

  test("ten bodies of other provinces take data every month", () => {
    const rows = rowsOf("data-sharing-log").filter((row) => row["consumer_kind"] === "other-province");
    for (const month of ["2026-01", "2026-07", "2026-09"]) {
      expect(
        new Set(rows.filter((row) => String(row["date"]).startsWith(month)).map((row) => row["consumer"])).size,
      ).toBe(10);
    }
  });

  test.each(["dn-2025", "dn-2024"])("dengue of June 2022 in the city of that time under %s", async (scheme) => {
    const own = scheme === "dn-2025" ? city : await playedCity(now, { scheme });
    const core = new Set(own.areas.filter((area) => area.core).map(({ id }) => id));
    const cases = rowsOf("notifiable-disease-weekly", own).filter(
      (row) => row["disease"] === "dengue" && core.has(String(row["area_code"])),
    );
    const weeks = (...labels: string[]): number =>
      sumOf(cases, "cases", (row) => labels.includes(String(row["isoweek"])));
    expect(weeks("2022-W26")).toBe(330);
    expect(weeks("2022-W22", "2022-W23", "2022-W24", "2022-W25", "2022-W26")).toBe(1380);
  });
});
