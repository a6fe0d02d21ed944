import type { Entity } from "../entities/entity.ts";
import { invalid } from "../model/problem.ts";
import type { StoredObservation } from "../observations/stored.ts";
import type { ExpandItem } from "../query/index.ts";
import type { World } from "./world.ts";

/** One request that reads. */
export interface ReadContext {
  world: World;
  /** Address of the service without a slash at its end, such as `https://ioc.example.org/sensorthings/v1.1`. */
  root: string;
  /** City time, ms. */
  now: number;
  /** The query string that was asked. */
  search: string;
  /** Which expansion of it is being answered: the index at each level. */
  trail: readonly number[];
  budget: ReadBudget;
  expand: Expand;
}

/** Adds what is expanded of an entity or Observation to its JSON. */
export type Expand = (
  context: ReadContext,
  json: Record<string, unknown>,
  source: { entity: Entity } | { observation: StoredObservation },
  items: readonly ExpandItem[],
) => Promise<void>;

/** Entities in one page when the client asks for none or for more. */
export const defaultPage = 100;
export const largestPage = 10_000;

const mostObservations = 500_000;
const mostSets = 50_000;

/** What one request may cost: Observations that are looked at, and expanded sets. */
export class ReadBudget {
  #observations = mostObservations;
  #sets = mostSets;

  /** @throws {SensorThingsProblem} */
  takeObservations(count: number): void {
    this.#observations -= count;
    if (this.#observations >= 0) return;
    const limit = mostObservations.toLocaleString("en");
    const remedy = "$filter=phenomenonTime ge 2026-10-01T00:00:00Z and phenomenonTime lt 2026-10-08T00:00:00Z";
    throw invalid(
      "",
      `the request looks at more than ${limit} Observations; ask for a time range, for example ${remedy}`,
    );
  }

  /** @throws {SensorThingsProblem} */
  takeSet(): void {
    this.#sets -= 1;
    if (this.#sets >= 0) return;
    throw invalid("$expand", `expands more than ${mostSets.toLocaleString("en")} sets; ask for fewer entities ($top)`);
  }
}

/** Entities of one page. */
export function pageSize(top: number | null): number {
  return Math.min(top ?? defaultPage, largestPage);
}
