import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Pool, type QueryArrayConfig } from "pg";
import { freePort, until } from "@ioc/testkit";
import { digestOf, type Peer, type Span } from "./peer.ts";
import { handOver, haveFile, runPlain, startServer } from "./server-process.ts";
import type { Workload } from "./workload.ts";

const binaries = "/usr/lib/postgresql/15/bin";
const insert = `INSERT INTO reading SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::float8[])
  ON CONFLICT (series, t) DO UPDATE SET value = excluded.value`;

interface PlainAnswer {
  rows: (number | string | null)[][];
}

/** PostgreSQL 15 as Debian sets it up, one row a reading. Null when it is not installed. */
export async function startPostgres(folder: string, workload: Workload): Promise<Peer | null> {
  if (!haveFile(`${binaries}/postgres`)) return null;
  const port = await freePort();
  const data = join(folder, "data");
  mkdirSync(data);
  handOver(folder);
  handOver(data);
  runPlain(`${binaries}/initdb`, ["-D", data, "-U", "bench", "--auth=trust", "-E", "UTF8", "--locale=C"], folder);
  const listen = ["-c", "listen_addresses=127.0.0.1", "-c", `port=${port}`, "-c", `unix_socket_directories=${folder}`];
  const server = startServer(`${binaries}/postgres`, ["-D", data, ...listen], { folder, signal: "SIGINT" });
  const pool = new Pool({ host: "127.0.0.1", port, user: "bench", database: "postgres", max: 2 });
  // Idle connections are told when the server stops; queries fail by themselves.
  pool.on("error", () => undefined);
  await until("PostgreSQL", 30_000, async () => (await pool.query("SELECT 1")).rowCount === 1);
  await pool.query(`CREATE TABLE series (id int PRIMARY KEY, station text NOT NULL, property text NOT NULL);
    CREATE TABLE reading (series int NOT NULL, t timestamptz NOT NULL, value float8, PRIMARY KEY (series, t))`);
  for (let id = 0; id < workload.series; id++) {
    await pool.query("INSERT INTO series VALUES ($1, $2, $3)", [id, workload.station(id), workload.property(id)]);
  }
  const ask = async (name: string, text: string, values: unknown[]) =>
    JSON.stringify(await rowsOf(pool, { name, text, values, rowMode: "array" }));
  const ends = ({ from, to }: Span) => [new Date(from), new Date(to)];
  const bucket = (width: string) => `date_bin('${width}', t - interval '1 ms', $1)`;
  const column = (answer: string, at: number) =>
    digestOf((JSON.parse(answer) as PlainAnswer["rows"]).map((row) => (row[at] === null ? null : Number(row[at]))));
  return {
    name: "PostgreSQL 15, rows",
    pid: server.pid,
    batch: 5000,
    connections: 2,
    body: (_workload, batch) => [
      `{${batch.map((one) => one.series).join(",")}}`,
      `{${batch.map((one) => new Date(one.time).toISOString()).join(",")}}`,
      `{${batch.map((one) => one.value).join(",")}}`,
    ],
    async send(body) {
      await pool.query({ name: "insert", text: insert, values: [...body] });
    },
    async settle() {
      await pool.query("VACUUM ANALYZE reading");
      await pool.query("CHECKPOINT");
      const { rows } = await pool.query<{ bytes: string }>("SELECT pg_total_relation_size('reading') AS bytes");
      return { bytes: Number(rows[0]?.bytes), processorElsewhere: 0 };
    },
    raw: (series, span) =>
      ask("raw", "SELECT t, value FROM reading WHERE t > $1 AND t <= $2 AND series = $3 ORDER BY t", [
        ...ends(span),
        series,
      ]),
    profile: (series, span) =>
      ask(
        "profile",
        `SELECT ${bucket("12 minutes")} AS b, min(value), avg(value), max(value) FROM reading
         WHERE t > $1 AND t <= $2 AND series = $3 GROUP BY b ORDER BY b`,
        [...ends(span), series],
      ),
    latest: () =>
      ask(
        "latest",
        `SELECT id, n.t, n.value FROM series, LATERAL
         (SELECT t, value FROM reading WHERE series = id ORDER BY t DESC LIMIT 1) n`,
        [],
      ),
    hourly: (span) =>
      ask(
        "hourly",
        `SELECT series, ${bucket("1 hour")} AS b, avg(value) FROM reading
         WHERE t > $1 AND t <= $2 AND series IN (SELECT id FROM series WHERE property = 'p1' AND station LIKE 'w1-s0__')
         GROUP BY series, b`,
        ends(span),
      ),
    daily95: (span) =>
      ask(
        "daily95",
        `SELECT ${bucket("1 day")} AS b, percentile_cont(0.95) WITHIN GROUP (ORDER BY value) FROM reading
         WHERE t > $1 AND t <= $2 AND series IN (SELECT id FROM series WHERE property = 'p1') GROUP BY b`,
        ends(span),
      ),
    digest: {
      raw: (answer) => column(answer, 1),
      profile: (answer) => column(answer, 2),
      latest: (answer) => column(answer, 2),
      hourly: (answer) => column(answer, 2),
      daily95: (answer) => column(answer, 1),
    },
    async stop() {
      await pool.end();
      await server.stop();
    },
  };
}

async function rowsOf(pool: Pool, query: QueryArrayConfig): Promise<unknown[]> {
  return (await pool.query(query)).rows;
}
