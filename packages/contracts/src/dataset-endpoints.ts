import { z } from "zod";
import { listOf, pageQuery } from "./common.ts";
import { datasetItem, rowBatch, rowReceipt } from "./dataset.ts";
import { endpoint } from "./endpoint.ts";

/** Routes of datasets and their rows. */
export const datasetEndpoints = {
  listDatasets: endpoint({
    method: "get",
    path: "/datasets",
    tag: "datasets",
    summary: "Datasets with their structure and what is held of them",
    query: pageQuery.extend({ group: z.string().optional(), q: z.string().max(100).optional() }),
    response: listOf(datasetItem),
  }),
  getDataset: endpoint({
    method: "get",
    path: "/datasets/{id}",
    tag: "datasets",
    summary: "One dataset",
    response: datasetItem,
  }),
  listDatasetRows: endpoint({
    method: "get",
    path: "/datasets/{id}/rows",
    tag: "datasets",
    summary: "Rows in the order of their keys; without a key only of open datasets, and never of closed ones",
    query: z.object({
      limit: z.coerce.number().int().min(1).max(5000).default(1000),
      /** Where the page before ended, from its `next`. */
      after: z.string().max(8000).optional(),
    }),
    response: listOf(z.record(z.string(), z.unknown())),
  }),
  postDatasetRows: endpoint({
    method: "post",
    path: "/datasets/{id}/rows",
    tag: "datasets",
    summary: "Adds or replaces rows by their key; answered after the commit",
    body: rowBatch,
    response: rowReceipt,
    key: true,
  }),
} as const;
