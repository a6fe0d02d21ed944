import { z } from "zod";

/** One setting: its environment variable, the text it has when unset, how the text is read and what it is for. */
interface Setting<S extends z.ZodType = z.ZodType> {
  variable: string;
  fallback: string;
  schema: S;
  meaning: string;
}

function setting<S extends z.ZodType>(variable: string, fallback: string, schema: S, meaning: string): Setting<S> {
  return { variable, fallback, schema, meaning };
}

function wholeNumber(min: number, max: number) {
  const right = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, right)
    .transform(Number)
    .refine((value) => value >= min && value <= max, right);
}

const onOff = z.enum(["on", "off"], "`on` or `off`").transform((value) => value === "on");
const port = wholeNumber(0, 65_535);

/** Every setting of the server. The table in the README is made from this list. */
export const settings = {
  host: setting(
    "IOC_HOST",
    "127.0.0.1",
    z.string().regex(/^[A-Za-z0-9.:-]+$/, "an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0"),
    "Address that HTTP and MQTT listen on. The default is reached from this machine only; `0.0.0.0` opens it to the network",
  ),
  port: setting("IOC_PORT", "8080", port, "HTTP port; `0` takes any free one"),
  mqttPort: setting(
    "IOC_MQTT_PORT",
    "1883",
    z.union([z.literal("off"), port], "`off` or a whole number from 0 to 65535"),
    "Port of the MQTT broker; `0` takes any free one, `off` starts none. A busy port is replaced by a free one",
  ),
  dataDir: setting("IOC_DATA_DIR", "./data", z.string().min(1, "a folder"), "Folder of the two database files"),
  city: setting(
    "IOC_CITY",
    "fixtures/danang",
    z.string().min(1, "the folder of a city pack"),
    "Folder of the city pack",
  ),
  scheme: setting(
    "IOC_SCHEME",
    "",
    z.string().regex(/^[a-z0-9-]*$/, "the id of a scheme of the city pack"),
    "Administrative scheme in use; unset: the pack's own choice",
  ),
  simulate: setting("IOC_SIMULATE", "on", onOff, "`on` plays the city's stations, `off` waits for real ones"),
  speed: setting(
    "IOC_SIMULATE_SPEED",
    "1",
    wholeNumber(1, 3600),
    "City seconds per real second while the city is played",
  ),
  sampling: setting(
    "IOC_SIMULATE_SAMPLING",
    "auto",
    z.union([z.literal("auto"), wholeNumber(1, 60)], "`auto` or a whole number from 1 to 60"),
    "Played stations report this many times as often as the catalogue says; `auto`: 5 at speed 1, else 1",
  ),
  seed: setting(
    "IOC_SIMULATE_SEED",
    "1",
    wholeNumber(0, 2_147_483_647),
    "Seed of everything random in the played city",
  ),
  faults: setting(
    "IOC_SIMULATE_FAULTS",
    "on",
    onOff,
    "`on` lets a few played stations fail at any time (gaps, frozen values, skewed clocks); `off` keeps all healthy",
  ),
  historyDays: setting("IOC_HISTORY_DAYS", "30", wholeNumber(0, 400), "Days of history that the simulator fills in"),
  apiKey: setting(
    "IOC_API_KEY",
    "",
    z.string().regex(/^$|^\S{16,200}$/, "at least 16 characters without spaces"),
    "An API key that is valid in addition to the stored ones; it is never stored",
  ),
  publicUrl: setting(
    "IOC_PUBLIC_URL",
    "",
    z.union([z.literal(""), z.url({ protocol: /^https?$/ })], "an address such as https://ioc.example.org"),
    "Address under which the public reaches the server, for absolute links; unset: taken from the request",
  ),
  trustProxy: setting(
    "IOC_TRUST_PROXY",
    "0",
    wholeNumber(0, 10),
    "Number of reverse proxies in front whose X-Forwarded headers are believed",
  ),
  rateLimit: setting(
    "IOC_RATE_LIMIT",
    "100",
    wholeNumber(0, 100_000),
    "Requests a second that one address may make without a key (bursts of ten times as many); `0` sets no limit",
  ),
  liveSockets: setting(
    "IOC_LIVE_SOCKETS",
    "2500",
    wholeNumber(1, 100_000),
    "Live connections that one address may hold",
  ),
  smtpUrl: setting(
    "IOC_SMTP_URL",
    "",
    z.union([z.literal(""), z.url({ protocol: /^smtps?$/ })], "an address such as smtp://user:password@host:587"),
    "Mail server for notifications by e-mail; unset: none are sent",
  ),
  smtpFrom: setting(
    "IOC_SMTP_FROM",
    "",
    z.string().regex(/^$|^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/, "an address such as City IOC <ioc@example.org>"),
    "Sender of notifications by e-mail",
  ),
  webhookSecret: setting(
    "IOC_WEBHOOK_SECRET",
    "",
    z.string().regex(/^$|^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, "`whsec_` and 24 to 64 bytes in base64"),
    "Key that webhooks are signed with (Standard Webhooks); unset: none are sent",
  ),
  vapidPrivateKey: setting(
    "IOC_VAPID_PRIVATE_KEY",
    "",
    z.string().regex(/^$|^[A-Za-z0-9_-]{43}$/, "32 bytes in base64url"),
    "Private key of push messages (VAPID, P-256); unset: none are sent",
  ),
  vapidSubject: setting(
    "IOC_VAPID_SUBJECT",
    "",
    z.union([z.literal(""), z.url({ protocol: /^(?:mailto|https)$/ })], "an address with mailto: or https:"),
    "Whom a push service turns to about push messages of this server",
  ),
  smsUrl: setting(
    "IOC_SMS_URL",
    "",
    z.union([z.literal(""), z.url({ protocol: /^https?$/ })], "an address of http or https"),
    "SMS gateway that takes HTTP POST; may hold `{to}`, `{text}` and `{key}`; unset: no SMS are sent",
  ),
  smsBody: setting(
    "IOC_SMS_BODY",
    '{"to":"{to}","text":"{text}"}',
    z.string().regex(/\{to\}|\{text\}/, "a template with {to} and {text}"),
    "What the gateway is sent: JSON, or a form such as `to={to}&text={text}`",
  ),
  smsAuthorization: setting(
    "IOC_SMS_AUTHORIZATION",
    "",
    z.string().regex(/^[\x20-\x7e]*$/, "a value of the header Authorization"),
    "Header `Authorization` for the gateway",
  ),
  notifyAllow: setting(
    "IOC_NOTIFY_ALLOW",
    "",
    z.string().regex(/^[\w.,: -]*$/, "host names and addresses, separated by commas"),
    "Hosts inside the own network that webhooks and push messages may go to, also over http; all others there are refused",
  ),
  maxQueued: setting(
    "IOC_MAX_QUEUED",
    "400000",
    wholeNumber(1000, 10_000_000),
    "Observations that may wait for the writer before senders are told to come back later",
  ),
  logFormat: setting("IOC_LOG_FORMAT", "text", z.enum(["text", "json"], "`text` or `json`"), "Form of the log lines"),
  logLevel: setting(
    "IOC_LOG_LEVEL",
    "info",
    z.enum(["debug", "info", "warn", "error"], "`debug`, `info`, `warn` or `error`"),
    "Least important level that is logged; `debug` logs each request",
  ),
} as const satisfies Record<string, Setting>;

/** Variables with our prefix that other parts of the project read. */
const otherVariables: readonly string[] = ["IOC_SHARED_DATA"];

export type Settings = typeof settings;

export function knownVariables(): string[] {
  return [...Object.values(settings).map((one) => one.variable), ...otherVariables];
}

/** The settings as a Markdown table, as the README shows them. */
export function settingsTable(): string {
  const rows = Object.values(settings).map(
    (one) => `| \`${one.variable}\` | ${one.fallback === "" ? "(unset)" : `\`${one.fallback}\``} | ${one.meaning} |`,
  );
  return ["| Variable | Default | Meaning |", "| --- | --- | --- |", ...rows].join("\n");
}
