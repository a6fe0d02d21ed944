import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Received {
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** An HTTP server that notes what it gets; `answers` gives the status of each request in turn, the last one for ever. */
export async function httpReceiver(
  answers: number[] = [200],
): Promise<AsyncDisposable & { url: string; received: Received[]; answers: number[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push({ url: request.url ?? "", headers: request.headers, body: Buffer.concat(parts) });
      const status = (answers.length > 1 ? answers.shift() : answers[0]) ?? 200;
      response.writeHead(status, status === 302 ? { Location: "http://127.0.0.1:1/elsewhere" } : {}).end("answer");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A mail server that notes each message; it refuses the recipient `unknown@ioc.example` for good and `later@ioc.example` for now. */
export async function smtpReceiver(): Promise<
  AsyncDisposable & { url: string; mails: { to: string[]; text: string }[] }
> {
  const mails: { to: string[]; text: string }[] = [];
  const server = new SMTPServer({
    authMethods: ["PLAIN", "LOGIN"],
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _session, done) =>
      username === "ioc" && password === "right" ? done(null, { user: "ioc" }) : done(new Error("wrong password")),
    onRcptTo({ address }, _session, done) {
      if (address === "unknown@ioc.example")
        return done(Object.assign(new Error("no such user"), { responseCode: 550 }));
      if (address === "later@ioc.example") return done(Object.assign(new Error("come later"), { responseCode: 451 }));
      done();
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(parts).toString("utf8"),
        });
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://ioc:right@127.0.0.1:${port}`,
    mails,
    [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())),
  };
}

/** The side of a browser: keys of a subscription, and what is in a message by RFC 8188 and RFC 8291. */
export function pushReceiver(): { keys: { p256dh: string; auth: string }; decrypt(body: Buffer): string } {
  const own = createECDH("prime256v1");
  own.generateKeys();
  const auth = randomBytes(16);
  return {
    keys: { p256dh: own.getPublicKey("base64url"), auth: auth.toString("base64url") },
    decrypt(body) {
      const salt = body.subarray(0, 16);
      const idLength = body.readUInt8(20);
      const sender = body.subarray(21, 21 + idLength);
      const secret = own.computeSecret(sender);
      const info = Buffer.concat([Buffer.from("WebPush: info\0"), own.getPublicKey(), sender]);
      const keying = Buffer.from(hkdfSync("sha256", secret, auth, info, 32));
      const derive = (label: string, length: number) =>
        Buffer.from(hkdfSync("sha256", keying, salt, Buffer.from(`Content-Encoding: ${label}\0`), length));
      const sealed = body.subarray(21 + idLength);
      const opener = createDecipheriv("aes-128-gcm", derive("aes128gcm", 16), derive("nonce", 12));
      opener.setAuthTag(sealed.subarray(-16));
      const padded = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()]);
      // The last record ends with 0x02 and zeros.
      return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8");
    },
  };
}
