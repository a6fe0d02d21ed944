import type { z } from "zod";
import type { Endpoint, Endpoints } from "@ioc/contracts";

/** One request after its path, query and body were checked. */
export interface Call<Q = unknown, B = unknown> {
  params: Readonly<Record<string, string>>;
  query: Q;
  body: B;
  /** Path with query as it was asked for, to build `next`. */
  url: string;
}

/** A body that is the same for everybody: made once, with its compressed form and its ETag. */
export interface ReadyBody {
  plain: Buffer;
  gzip: Buffer;
  etag: string;
}

/** An answer that needs more than its value: another status, headers, or a ready-made body. */
export class Reply<T> {
  readonly value: T;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly ready: ReadyBody | undefined;
  constructor(value: T, more: { status?: number; headers?: Readonly<Record<string, string>>; ready?: ReadyBody } = {}) {
    this.value = value;
    this.ready = more.ready;
    this.status = more.status;
    this.headers = more.headers ?? {};
  }
}

type CallOf<E> = E extends Endpoint<infer Q, infer B, z.ZodType> ? Call<z.output<Q>, z.output<B>> : never;
type ValueOf<E> = E extends Endpoint<z.ZodType, z.ZodType, infer R> ? z.output<R> : never;
type Answer<T> = T | Reply<T>;

/** One function for each endpoint of the contract. */
export type Handlers = {
  [K in keyof Endpoints]: (
    call: CallOf<Endpoints[K]>,
  ) => Answer<ValueOf<Endpoints[K]>> | Promise<Answer<ValueOf<Endpoints[K]>>>;
};

export type OperationId = keyof Endpoints;
