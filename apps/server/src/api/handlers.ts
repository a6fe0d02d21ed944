import type { z } from "zod";
import type { Endpoint, Endpoints } from "@ioc/contracts";

/** One request after its path, query and body were checked. */
export interface Call<Q = unknown, B = unknown> {
  params: Readonly<Record<string, string>>;
  query: Q;
  body: B;
  /** Path with query as it was asked for, to build `next`. */
  url: string;
  /** In lower case; empty for a page that is rendered inside the server. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Network address of the client; empty for a page that is rendered inside the server. */
  address: string;
  /** It came over https. */
  secure: boolean;
}

/** A body that is the same for everybody: made once, with its compressed form (null where that is no smaller) and its ETag. */
export interface ReadyBody {
  plain: Buffer;
  gzip: Buffer | null;
  etag: string;
}

/** An answer that needs more than its value: another status, headers, a ready-made body, or one that is sent in pieces. */
export class Reply<T> {
  readonly value: T;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly ready: ReadyBody | undefined;
  /** Sent instead of the value. */
  readonly stream: AsyncIterable<Uint8Array | string> | undefined;
  constructor(value: T, more: Partial<Pick<Reply<T>, "status" | "headers" | "ready" | "stream">> = {}) {
    this.value = value;
    this.ready = more.ready;
    this.stream = more.stream;
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
