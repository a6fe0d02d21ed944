import type { WarningItem, WarningVerification } from "@ioc/contracts";
import type { WarningEngine } from "@ioc/warnings";
import type { Backtests } from "../warnings/backtests.ts";
import type { Handlers } from "./handlers.ts";
import { pageOf } from "./page.ts";
import { notFound } from "./problem.ts";

interface WarningServices {
  engine: Pick<WarningEngine, "list" | "explain">;
  backtests: Backtests;
  /** @param now city time, ms */
  verification(now: number): Promise<WarningVerification>;
  /** City time. */
  now(): number;
}

type WarningOperations =
  | "listWarnings"
  | "getWarning"
  | "explainWarning"
  | "getWarningVerification"
  | "backtestWarning";

/** Warnings as they are, why they say what they say, as they did, and as a changed one would have done. */
export function warningHandlers({
  engine,
  backtests,
  verification,
  now,
}: WarningServices): Pick<Handlers, WarningOperations> {
  const definitionOf = (id: string | undefined): WarningItem => {
    const found = engine.list(now()).find((one) => one.id === id);
    if (!found) throw notFound(`There is no warning ${id}.`);
    return found;
  };
  return {
    listWarnings({ query, url }) {
      const found = engine.list(now()).filter((one) => query.domain === undefined || one.domain === query.domain);
      return pageOf(found, query, url);
    },
    getWarning: ({ params }) => definitionOf(params["id"]),
    async explainWarning({ params, query: { subject, at } }) {
      const { id, error, subjects } = definitionOf(params["id"]);
      const present = now();
      const asked = at === undefined ? present : Math.min(present, Date.parse(at));
      const found = await engine.explain(id, subject, asked, present);
      if (found === "forgotten") throw notFound(`What ${id} made of ${subject} at ${at} is no longer known.`);
      if (found !== "unwatched") return found;
      const why = error === null ? `it watches ${subjects} others` : `it cannot run: ${error}`;
      throw notFound(`The warning ${id} does not watch ${subject}; ${why}.`);
    },
    getWarningVerification: () => verification(now()),
    async backtestWarning({ params, body }) {
      const span = { from: Date.parse(body.from), to: Date.parse(body.to) };
      return await backtests.run(definitionOf(params["id"]), body.definition, span, now());
    },
  };
}
