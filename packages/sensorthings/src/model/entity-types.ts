/** Names of the entity sets, as they stand in addresses. */
export const setNames = [
  "Things",
  "Locations",
  "HistoricalLocations",
  "Datastreams",
  "MultiDatastreams",
  "Sensors",
  "ObservedProperties",
  "Observations",
  "FeaturesOfInterest",
] as const;
export type SetName = (typeof setNames)[number];

/** What a property may hold; see `values.ts`. */
export type ValueForm = "text" | "object" | "any" | "instant" | "time" | "period" | "unit" | "units" | "texts";

export interface PropertyType {
  readonly name: string;
  readonly form: ValueForm;
  readonly required: boolean;
  /** Worked out by the server; what a client sends is left aside. */
  readonly computed?: true;
}

export interface LinkType {
  readonly name: string;
  readonly to: SetName;
  readonly many: boolean;
  /** Must be there before an entity can be created. */
  readonly required: boolean;
  /** Kept with this entity; the others are found through the link of the other side that is named here. */
  readonly inverse: string | null;
}

export interface EntityType {
  readonly set: SetName;
  readonly singular: string;
  readonly properties: readonly PropertyType[];
  readonly links: readonly LinkType[];
}

const required = (name: string, form: ValueForm): PropertyType => ({ name, form, required: true });
const optional = (name: string, form: ValueForm): PropertyType => ({ name, form, required: false });
const computed = (name: string, form: ValueForm): PropertyType => ({ name, form, required: false, computed: true });

const one = (name: string, to: SetName, must = true): LinkType => ({
  name,
  to,
  many: false,
  required: must,
  inverse: null,
});
const many = (name: string, to: SetName, must = false): LinkType => ({
  name,
  to,
  many: true,
  required: must,
  inverse: null,
});
const found = (name: SetName, inverse: string): LinkType => ({ name, to: name, many: true, required: false, inverse });

const named = [required("name", "text"), required("description", "text")];
const coded = [...named, required("encodingType", "text")];
const ownProperties = optional("properties", "object");
const spans = [
  computed("observedArea", "object"),
  computed("phenomenonTime", "period"),
  computed("resultTime", "period"),
];

/**
 * The data model of OGC 18-088, tables 6 to 20 and 30: mandatory properties and relations of each entity type.
 * https://docs.ogc.org/is/18-088/18-088.html
 */
export const entityTypes: { readonly [Set in SetName]: EntityType } = {
  Things: {
    set: "Things",
    singular: "Thing",
    properties: [...named, ownProperties],
    links: [
      many("Locations", "Locations"),
      found("HistoricalLocations", "Thing"),
      found("Datastreams", "Thing"),
      found("MultiDatastreams", "Thing"),
    ],
  },
  Locations: {
    set: "Locations",
    singular: "Location",
    properties: [...coded, required("location", "any"), ownProperties],
    links: [found("Things", "Locations"), found("HistoricalLocations", "Locations")],
  },
  HistoricalLocations: {
    set: "HistoricalLocations",
    singular: "HistoricalLocation",
    properties: [required("time", "instant")],
    links: [one("Thing", "Things"), many("Locations", "Locations", true)],
  },
  Datastreams: {
    set: "Datastreams",
    singular: "Datastream",
    properties: [
      ...named,
      required("observationType", "text"),
      required("unitOfMeasurement", "unit"),
      ...spans,
      ownProperties,
    ],
    links: [
      one("Thing", "Things"),
      one("Sensor", "Sensors"),
      one("ObservedProperty", "ObservedProperties"),
      found("Observations", "Datastream"),
    ],
  },
  MultiDatastreams: {
    set: "MultiDatastreams",
    singular: "MultiDatastream",
    properties: [
      ...named,
      required("observationType", "text"),
      required("multiObservationDataTypes", "texts"),
      required("unitOfMeasurements", "units"),
      ...spans,
      ownProperties,
    ],
    links: [
      one("Thing", "Things"),
      one("Sensor", "Sensors"),
      many("ObservedProperties", "ObservedProperties", true),
      found("Observations", "MultiDatastream"),
    ],
  },
  Sensors: {
    set: "Sensors",
    singular: "Sensor",
    properties: [...coded, required("metadata", "any"), ownProperties],
    links: [found("Datastreams", "Sensor"), found("MultiDatastreams", "Sensor")],
  },
  ObservedProperties: {
    set: "ObservedProperties",
    singular: "ObservedProperty",
    properties: [
      required("name", "text"),
      required("definition", "text"),
      required("description", "text"),
      ownProperties,
    ],
    links: [found("Datastreams", "ObservedProperty"), found("MultiDatastreams", "ObservedProperties")],
  },
  Observations: {
    set: "Observations",
    singular: "Observation",
    properties: [
      optional("phenomenonTime", "time"),
      required("result", "any"),
      optional("resultTime", "instant"),
      optional("resultQuality", "any"),
      optional("validTime", "period"),
      optional("parameters", "object"),
    ],
    links: [
      one("Datastream", "Datastreams", false),
      one("MultiDatastream", "MultiDatastreams", false),
      one("FeatureOfInterest", "FeaturesOfInterest", false),
    ],
  },
  FeaturesOfInterest: {
    set: "FeaturesOfInterest",
    singular: "FeatureOfInterest",
    properties: [...coded, required("feature", "any"), ownProperties],
    links: [found("Observations", "FeatureOfInterest")],
  },
};

/** The entity type whose set has this name; undefined for any other name. */
export function typeOfSet(name: string): EntityType | undefined {
  return Object.hasOwn(entityTypes, name) ? entityTypes[name as SetName] : undefined;
}

export function linkOf(type: EntityType, name: string): LinkType | undefined {
  return type.links.find((link) => link.name === name);
}

export function propertyOf(type: EntityType, name: string): PropertyType | undefined {
  return type.properties.find((property) => property.name === name);
}
