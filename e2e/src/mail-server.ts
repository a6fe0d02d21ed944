import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

/** A mail server on this machine that knows no recipient until `known` is set; it notes what it takes. */
export interface MailServer extends AsyncDisposable {
  readonly url: string;
  readonly mails: string[];
  known: boolean;
}

/** Starts it on a free port. Just as much of SMTP (RFC 5321) as a sender needs. */
export async function openMailServer(): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    let mail: string | null = null;
    let rest = "";
    const say = (line: string) => socket.write(`${line}\r\n`);
    const answers: Record<string, () => void> = {
      EHLO: () => say("250 mail.example"),
      MAIL: () => say("250 OK"),
      RCPT: () => say(mails.known ? "250 OK" : "550 5.1.1 No such mailbox"),
      DATA: () => {
        mail = "";
        say("354 Go ahead");
      },
      RSET: () => say("250 OK"),
      QUIT: () => socket.end("221 Bye\r\n"),
    };
    say("220 mail.example");
    socket.on("error", () => socket.destroy());
    socket.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (mail === null) (answers[line.slice(0, 4).toUpperCase()] ?? (() => say("502 Not known")))();
        else if (line === ".") {
          mails.mails.push(mail);
          mail = null;
          say("250 Taken");
        } else mail += `${line}\n`;
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const mails: MailServer = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails: [],
    known: false,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
  return mails;
}
