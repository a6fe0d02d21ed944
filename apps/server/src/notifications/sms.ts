import { DeliveryError, type Sender } from "./delivery.ts";
import { sendGuarded } from "./guarded-request.ts";

export interface SmsGateway {
  /** May hold `{to}`, `{text}` and `{key}`. */
  url: string;
  /** A template with `{to}`, `{text}` and `{key}`: JSON when it begins with `{"`, else a form. */
  body: string;
  /** Value of the header `Authorization`; `""`: none. */
  authorization: string;
}

/** The operator names the gateway, so it may lie inside the own network. */
const anywhere = { has: () => true };

/** An SMS gateway that takes HTTP POST. */
export function smsSender({ url, body, authorization }: SmsGateway): Sender {
  const isJson = body.trimStart().startsWith('{"');
  return async ({ key, contact, message }) => {
    if (contact.sms === undefined) throw new DeliveryError(`${contact.id} has no telephone number`, true);
    const values = { to: contact.sms, text: message.short, key };
    const inJson = (value: string) => JSON.stringify(value).slice(1, -1);
    const { status, text } = await sendGuarded(
      filled(url, values, encodeURIComponent),
      {
        method: "POST",
        headers: {
          "Content-Type": isJson ? "application/json" : "application/x-www-form-urlencoded",
          ...(authorization === "" ? {} : { Authorization: authorization }),
        },
        body: filled(body, values, isJson ? inJson : encodeURIComponent),
      },
      anywhere,
    );
    if (status >= 200 && status < 300) return;
    const final = status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status);
    throw new DeliveryError(`the gateway answered ${status}: ${text.slice(0, 200)}`, final);
  };
}

function filled(
  template: string,
  values: Record<"to" | "text" | "key", string>,
  as: (value: string) => string,
): string {
  return template.replace(/\{(to|text|key)\}/g, (_all, name: "to" | "text" | "key") => as(values[name]));
}
