import { describe, expect, test } from "vitest";
import { definition } from "../engine/test-city.ts";
import { cityOf, hour, iso, minute, now } from "./rows-city.ts";

describe("w-cyber-incident", () => {
  const rule = definition("w-cyber-incident");
  const event = (id: string, system: string, more: Record<string, unknown> = {}) => ({
    event_id: id,
    detected_at: iso(now - 30 * minute),
    system_id: system,
    category: "ddos",
    severity: "critical",
    confirmed: true,
    contained_at: null,
    ...more,
  });
  const systems = [
    { system_id: "email", security_level: 2 },
    { system_id: "lgsp", security_level: 3 },
  ];
  const levels = async (city: Awaited<ReturnType<typeof cityOf>>) =>
    Object.fromEntries((await city.open()).map(({ subject, level }) => [subject.id, level]));

  test("an open confirmed critical event weighs more on a system of level 3", async () => {
    await using city = await cityOf(rule, {
      "security-events": [event("1", "email"), event("2", "lgsp"), event("3", "land", { confirmed: false })],
      "information-systems": systems,
    });
    await city.review(now);
    expect(await levels(city)).toEqual({ email: 2, lgsp: 3 });
  });

  test("malware on eight systems is city-wide for everyone of them; contained, it clears four hours later", async () => {
    const spread = ["email", "lgsp", "land", "camera", "network", "tourism", "documents", "identity"].map((system, i) =>
      event(String(i), system, { category: "malware", severity: "medium" }),
    );
    await using city = await cityOf(rule, { "security-events": spread, "information-systems": systems });
    await city.review(now);
    expect(new Set(Object.values(await levels(city)))).toEqual(new Set([4]));
    city.rows["security-events"] = spread.map((row) => ({ ...row, contained_at: iso(now + 5 * minute) }));
    for (let at = now + 10 * minute; at <= now + 18 * hour; at += 10 * minute) await city.review(at);
    expect(await city.open()).toEqual([]);
  });

  test("49 attacks in ten minutes are a near miss, 50 are noticed", async () => {
    const attacks = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        event(String(i), "lgsp", { category: "brute-force", severity: "low", detected_at: iso(now - 5 * minute) }),
      );
    await using city = await cityOf(rule, { "security-events": attacks(49), "information-systems": systems });
    expect(await city.review(now)).toEqual([]);
    city.rows["security-events"] = attacks(50);
    expect(await city.review(now + minute)).toMatchObject([{ level: 1, subject: { id: "lgsp" } }]);
  });
});
