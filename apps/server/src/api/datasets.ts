import { BadCursor, type DatasetReader, type RowWriter } from "@ioc/catalogue";
import type { DatasetItem } from "@ioc/contracts";
import type { Handlers } from "./handlers.ts";
import { Reply } from "./handlers.ts";
import { credentialOf, type Sender } from "./credentials.ts";
import { requireValid, type KeyCheck } from "./keys.ts";
import { folded, pageOf } from "./page.ts";
import { notFound, ProblemError, unfit } from "./problem.ts";

interface DatasetServices {
  datasets: DatasetReader & RowWriter;
  keys: KeyCheck;
  /** City time, ms. */
  now(): number;
}

type DatasetOperations = "listDatasets" | "getDataset" | "listDatasetRows" | "postDatasetRows";

/** Rows of a closed dataset leave the program by none of these. */
export function datasetHandlers({ datasets, keys, now }: DatasetServices): Pick<Handlers, DatasetOperations> {
  const itemOf = (id: string | undefined): DatasetItem => {
    const item = datasets.items().find((one) => one.id === id);
    if (!item) throw notFound(`There is no dataset ${id}.`);
    return item;
  };
  return {
    listDatasets({ query, url }) {
      const wanted = query.q === undefined ? "" : folded(query.q.trim());
      const found = datasets
        .items()
        .filter(
          (one) =>
            (query.group === undefined || one.group === query.group) &&
            folded(`${one.id} ${one.name.vi} ${one.name.en}`).includes(wanted),
        );
      return pageOf(found, query, url);
    },
    getDataset: ({ params }) => itemOf(params["id"]),
    listDatasetRows({ params, query, url, headers, secure }) {
      const { id, classification } = itemOf(params["id"]);
      requireReader(classification, { headers, secure }, keys);
      const { next, ...page } = pageAt(datasets, id, query);
      const answer = next === null ? page : { ...page, next: nextAddress(url, next, query.limit) };
      // What is for named bodies only is kept by nobody on the way.
      return new Reply(answer, classification === "open" ? {} : { headers: { "Cache-Control": "no-store" } });
    },
    async postDatasetRows({ params, body }) {
      const { id, origin } = itemOf(params["id"]);
      if (origin !== "sent") {
        const whose = origin === "pack" ? "come with the city pack" : "are kept by the program itself";
        throw new ProblemError(409, "conflict", `Rows of ${id} ${whose}; they cannot be sent.`);
      }
      return datasets.put(id, body.rows, { synthetic: body.synthetic, now: now() });
    },
  };
}

function requireReader(classification: DatasetItem["classification"], sender: Sender, keys: KeyCheck): void {
  if (classification === "open") return;
  if (classification === "closed") {
    throw new ProblemError(403, "not-released", "The dataset is closed: its rows do not leave the data warehouse.");
  }
  requireValid(credentialOf(sender), keys);
}

function pageAt(datasets: DatasetReader, id: string, query: { limit: number; after?: string | undefined }) {
  try {
    return datasets.page(id, query);
  } catch (error) {
    throw error instanceof BadCursor ? unfit("query", "after", error.message) : error;
  }
}

function nextAddress(url: string, after: string, limit: number): string {
  return `${url.split("?", 1)[0]}?${new URLSearchParams({ after, limit: String(limit) })}`;
}
