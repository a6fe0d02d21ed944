import { PayloadTooShort } from "../bytes.ts";
import { refused, type Decoded, type Decoder, type Payload } from "../fields.ts";
import { decentlabModels } from "./decentlab-models.ts";
import { elsysModels } from "./elsys.ts";
import { milesightAir } from "./milesight/air.ts";
import { milesightPeople } from "./milesight/people.ts";
import { milesightThermostat } from "./milesight/thermostat.ts";
import { milesightObjects } from "./milesight/water-and-objects.ts";
import { netvoxModels } from "./netvox.ts";
import { parkingModels } from "./parking.ts";
import { tektelicModels } from "./tektelic.ts";
import { yobiiqModels } from "./yobiiq.ts";

const models: Readonly<Record<string, Decoder>> = {
  ...decentlabModels,
  ...elsysModels,
  ...milesightAir,
  ...milesightObjects,
  ...milesightPeople,
  ...milesightThermostat,
  ...netvoxModels,
  ...parkingModels,
  ...tektelicModels,
  ...yobiiqModels,
};

/** Ids of the models that can be decoded: maker and model in lower case, such as `milesight/em400-tld`. */
export const deviceModels: readonly string[] = Object.keys(models).toSorted();

/** Constants that a model's decoder takes, with the maker's defaults; null for an unknown model. */
export function modelParameters(model: string): Readonly<Record<string, number>> | null {
  const decoder = Object.hasOwn(models, model) ? models[model] : undefined;
  return decoder ? (decoder.parameters ?? {}) : null;
}

/** Decodes a payload of a model. A payload that is too short or of an unknown form is refused with the reason. */
export function decodePayload(model: string, payload: Payload): Decoded {
  const decoder = Object.hasOwn(models, model) ? models[model] : undefined;
  if (!decoder) return refused(`no decoder for ${model}`);
  try {
    return decoder.decode(payload);
  } catch (error) {
    if (error instanceof PayloadTooShort) return refused(error.message);
    throw error;
  }
}
