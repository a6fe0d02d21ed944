import { decodePayload, deviceModels, modelParameters } from "./device/models.ts";
import { decoded, quantity, refused, state, type Decoded, type Field } from "./fields.ts";
import type { Uplink } from "./network/uplink.ts";

/** Model of a device whose payloads the network server decodes itself. */
export const networkServerModel = "network-server";

/** Fields that are read of a network server's own object at most, and how deep. */
const mostFields = 200;
const deepest = 4;

/**
 * What a device says in an uplink. The decoder is that of its model; of the model `network-server` it is the object that the
 * network server's own decoder made, with dotted names (`air.temperature`) and without units.
 */
export function decodeUplink(model: string, parameters: Readonly<Record<string, number>>, uplink: Uplink): Decoded {
  const { fPort, bytes } = uplink;
  if (model !== networkServerModel) return decodePayload(model, { fPort, bytes, parameters });
  if (!uplink.decoded) return refused("the network server sent no decoded object; set a decoder there or name a model");
  const fields = fieldsOf(uplink.decoded, "", 1).slice(0, mostFields);
  return fields.length > 0 ? decoded(fields) : refused("the network server's decoded object holds no values");
}

function fieldsOf(object: Readonly<Record<string, unknown>>, prefix: string, depth: number): Field[] {
  return Object.entries(object).flatMap(([key, value]): Field[] => {
    const name = prefix + key;
    if (typeof value === "number") return Number.isFinite(value) ? [quantity(name, value, null)] : [];
    if (typeof value === "boolean" || typeof value === "string") return [state(name, value)];
    if (typeof value !== "object" || value === null || depth >= deepest) return [];
    return fieldsOf(value as Record<string, unknown>, `${name}.`, depth + 1);
  });
}

/** What is wrong with the model of a device and the constants given for it, for the check of a city pack. */
export function deviceProblems(
  model: string,
  parameters: Readonly<Record<string, number>>,
): { path: string[]; problem: string; remedy: string }[] {
  const known = model === networkServerModel ? {} : modelParameters(model);
  if (known === null) {
    return [
      { path: ["model"], problem: `no decoder for ${model}`, remedy: `use one of: ${likeModels(model).join(", ")}` },
    ];
  }
  const names = Object.keys(known);
  const remedy = names.length > 0 ? `use: ${names.join(", ")}` : "remove it: the model takes none";
  return Object.keys(parameters)
    .filter((name) => !names.includes(name))
    .map((name) => ({ path: ["parameters", name], problem: `${model} takes no constant "${name}"`, remedy }));
}

/** Models of the same maker; of an unknown maker one model of each. */
function likeModels(model: string): string[] {
  const makerOf = (one: string) => one.slice(0, one.indexOf("/"));
  const same = deviceModels.filter((one) => makerOf(one) === makerOf(model));
  if (same.length > 0) return same;
  const each = deviceModels.filter((one, i) => makerOf(one) !== makerOf(deviceModels[i - 1] ?? ""));
  return [...each, networkServerModel];
}
