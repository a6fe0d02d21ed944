import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { migrate } from "@ioc/database";
import type { Database } from "@ioc/database";
import { identityMigrations } from "./schema.ts";

/** A key as it is kept: the key itself is not. Times in ms since 1970 (UTC). */
export interface ApiKey {
  id: number;
  name: string;
  /** Beginning of the key, to recognise it by. */
  prefix: string;
  scopes: string[];
  createdAt: number;
  /** null: never. */
  expiresAt: number | null;
  /** To the minute. */
  lastUsedAt: number | null;
  revokedAt: number | null;
}

export interface NewApiKey {
  /** The secret; shown this once and never stored. */
  key: string;
  record: ApiKey;
}

export interface ApiKeys {
  /** @throws {RangeError} when the name is empty or a scope is not lower-case words joined by `:` or `-`. */
  create(name: string, scopes: readonly string[], options?: { expiresAt?: number | undefined }): NewApiKey;
  /** The key's record when it is known, not expired and not revoked; else null. */
  verify(key: string): ApiKey | null;
  /** All keys, newest first. */
  list(): ApiKey[];
  /** False when there is no such key, or it was revoked before. */
  revoke(id: number): boolean;
}

export interface ApiKeysOptions {
  /** Wall clock, ms. */
  now?: () => number;
}

const KEY_PATTERN = /^ioc_[A-Za-z0-9_-]{43}$/;
const SCOPE_PATTERN = /^[a-z]+(?:[:-][a-z]+)*$/;
/** `ioc_` and eight characters: enough to find a key by, far too little to guess the rest. */
const PREFIX_LENGTH = 12;
/** A key in constant use is not written at each request. */
const LAST_USED_STEP_MS = 60_000;

interface Row extends Omit<ApiKey, "scopes"> {
  scopes: string;
  hash: Buffer;
}

const SELECT = `SELECT id, name, prefix, hash, scopes, created_at AS "createdAt", expires_at AS "expiresAt",
  last_used_at AS "lastUsedAt", revoked_at AS "revokedAt" FROM api_key`;

/**
 * API keys in a database. A key is `ioc_` and 32 random bytes in base64url; only its SHA-256 is stored, which needs no salt
 * or stretching because the key itself has 256 bits of chance.
 */
export function openApiKeys(db: Database, options: ApiKeysOptions = {}): ApiKeys {
  const { now = Date.now } = options;
  migrate(db, "identity", identityMigrations);
  const insert = db.prepare(
    "INSERT INTO api_key (name, prefix, hash, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const byId = db.prepare<[number | bigint], Row>(`${SELECT} WHERE id = ?`);
  const byPrefix = db.prepare<[string], Row>(`${SELECT} WHERE prefix = ?`);
  const all = db.prepare<[], Row>(`${SELECT} ORDER BY id DESC`);
  /** When a use was to be noted last, by id. */
  const tried = new Map<number, number>();
  const use = db.prepare("UPDATE api_key SET last_used_at = ? WHERE id = ?");
  const end = db.prepare("UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL");

  function create(
    name: string,
    scopes: readonly string[],
    { expiresAt }: { expiresAt?: number | undefined } = {},
  ): NewApiKey {
    if (name.trim() === "") throw new RangeError("an API key needs a name");
    const wrong = scopes.find((scope) => !SCOPE_PATTERN.test(scope));
    if (wrong !== undefined) throw new RangeError(`"${wrong}" is not a scope such as observations:write`);
    const key = `ioc_${randomBytes(32).toString("base64url")}`;
    const prefix = key.slice(0, PREFIX_LENGTH);
    const { lastInsertRowid } = insert.run(name, prefix, hashOf(key), JSON.stringify(scopes), now(), expiresAt ?? null);
    return { key, record: recordOf(byId.get(lastInsertRowid)!) };
  }

  /** A file that cannot be written at the moment makes no key invalid; it is tried again after a step. */
  function noteUse(row: Row, time: number): void {
    tried.set(row.id, time);
    try {
      use.run(time, row.id);
      row.lastUsedAt = time;
    } catch {
      // Only the time of the last use is not noted; whoever opened the file tells of its faults.
    }
  }

  function verify(key: string): ApiKey | null {
    if (!KEY_PATTERN.test(key)) return null;
    const hash = hashOf(key);
    const row = byPrefix.all(key.slice(0, PREFIX_LENGTH)).find((candidate) => timingSafeEqual(candidate.hash, hash));
    const time = now();
    if (!row || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= time)) return null;
    const noted = Math.max(row.lastUsedAt ?? -Infinity, tried.get(row.id) ?? -Infinity);
    if (time - noted >= LAST_USED_STEP_MS) noteUse(row, time);
    return recordOf(row);
  }

  return {
    create,
    verify,
    list: () => all.all().map(recordOf),
    revoke: (id) => end.run(now(), id).changes === 1,
  };
}

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

function recordOf(row: Row): ApiKey {
  const { id, name, prefix, createdAt, expiresAt, lastUsedAt, revokedAt } = row;
  const scopes = JSON.parse(row.scopes) as string[];
  return { id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt, revokedAt };
}
