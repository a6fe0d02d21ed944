import type { Alert, Network, Suppression, SuppressionPreview, SuppressionRule } from "@ioc/contracts";
import { checkSuppression, mostSuppressions, previewOf, previewSpan, stateOf } from "@ioc/warnings";
import type { AlertStore, KeptSuppression, SuppressionCity } from "@ioc/warnings";
import type { Handlers } from "./handlers.ts";
import { holderOf, type KeyCheck } from "./keys.ts";
import { pageOf } from "./page.ts";
import { notFound, ProblemError } from "./problem.ts";

interface SuppressionServices {
  store: Pick<AlertStore, "suppressions" | "writer" | "list" | "since">;
  city: SuppressionCity;
  network: Network;
  /** Ids of the warning definitions. */
  definitions: ReadonlySet<string>;
  keys: Pick<KeyCheck, "nameOf">;
  /** City time, ms. */
  now(): number;
  newId(): string;
  /** Lets everybody who looks know the alerts that changed. */
  tell(alerts: readonly Alert[]): void;
}

type Operations = "listSuppressions" | "previewSuppression" | "postSuppression" | "deleteSuppression";

/** What keeps alerts from being told: shown before it is kept, and confirmed when it hides much. */
export function suppressionHandlers(services: SuppressionServices): Pick<Handlers, Operations> {
  const { store, city, keys, now, tell } = services;

  /** How many open alerts each suppresses. */
  const counts = async (): Promise<Map<string, number>> => {
    const hidden = await store.list({ suppressed: true, limit: 100_000, offset: 0 });
    const ids = hidden.items.flatMap(({ suppressedBy }) => suppressedBy.map(({ id }) => id));
    return new Map([...Map.groupBy(ids, (id) => id)].map(([id, of]) => [id, of.length]));
  };
  const shown = (kept: KeptSuppression, alerts: ReadonlyMap<string, number>): Suppression => ({
    ...kept,
    state: stateOf(kept, now(), city.calendar),
    alerts: alerts.get(kept.id) ?? 0,
  });
  const preview = async (rule: SuppressionRule): Promise<SuppressionPreview> => {
    const kept = await store.suppressions.inForce();
    const problems = checkSuppression(rule, kept, { ...services, now: now() });
    if (problems.length > 0) {
      const errors = problems.map(({ path, message }) => ({ path: `body.${path}`, message }));
      throw new ProblemError(400, "invalid-request", "The suppression does not fit.", { errors });
    }
    return previewOf(rule, await store.since(now() - previewSpan), city, now());
  };
  const review = async () => tell(await store.writer.review(now()));

  return {
    async listSuppressions({ query, url }) {
      const alerts = await counts();
      const all = (await store.suppressions.all()).map((kept) => shown(kept, alerts));
      const wanted = all.filter(
        ({ state }) => query.state === "all" || (state === "over") === (query.state === "over"),
      );
      return pageOf(wanted, query, url);
    },
    previewSuppression: ({ body }) => preview(body),
    async postSuppression({ body, headers, secure }) {
      const { rule, confirmed } = body;
      const found = await preview(rule);
      if (found.confirm.length > 0 && !confirmed) throw unconfirmed(found);
      const current = (await store.suppressions.inForce()).filter(
        (one) => stateOf(one, now(), city.calendar) !== "over",
      );
      if (current.length >= mostSuppressions) {
        throw new ProblemError(
          409,
          "conflict",
          `${mostSuppressions} suppressions are in force at most; end one first.`,
        );
      }
      const by = { actor: holderOf({ headers, secure }, keys), now: now() };
      const kept = await store.suppressions.add(services.newId(), rule, by);
      await review();
      return shown(kept, await counts());
    },
    async deleteSuppression({ params, headers, secure }) {
      const id = params["id"] ?? "";
      const ended = await store.suppressions.end(id, { actor: holderOf({ headers, secure }, keys), now: now() });
      if (!ended) throw notFound(`There is no suppression ${id} in force.`);
      await review();
      return shown(ended, await counts());
    },
  };
}

function unconfirmed({ hidden, total, confirm }: SuppressionPreview): ProblemError {
  const reasons = {
    breadth: `it would have hidden ${hidden} of the ${total} alerts of the last 30 days`,
    emergencies: "it hides emergencies too",
  };
  const because = confirm.map((reason) => reasons[reason]).join(", and ");
  return new ProblemError(409, "conflict", `This suppression must be confirmed: ${because}.`, {
    errors: [{ path: "body.confirmed", message: "must be true" }],
  });
}
