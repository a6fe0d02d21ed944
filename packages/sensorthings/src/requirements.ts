/** Parts of the standard that a server can have or not have at the moment. */
export type Capability = "core" | "mqtt";

const base = "http://www.opengis.net/spec/iot_sensing/1.1/";

/**
 * Requirements of OGC 18-088 that this server fulfils, as the root of the service lists them. Each is named in the title of
 * at least one test; `requirements.test.ts` sees to that.
 */
const fulfilled: Readonly<Record<Capability, readonly string[]>> = {
  core: [
    "req/datamodel/entity-control-information/common-control-information",
    "req/datamodel/thing/properties",
    "req/datamodel/thing/relations",
    "req/datamodel/location/properties",
    "req/datamodel/location/relations",
    "req/datamodel/historical-location/properties",
    "req/datamodel/historical-location/relations",
    "req/datamodel/datastream/properties",
    "req/datamodel/datastream/relations",
    "req/datamodel/sensor/properties",
    "req/datamodel/sensor/relations",
    "req/datamodel/observed-property/properties",
    "req/datamodel/observed-property/relations",
    "req/datamodel/observation/properties",
    "req/datamodel/observation/relations",
    "req/datamodel/feature-of-interest/properties",
    "req/datamodel/feature-of-interest/relations",
    "req/resource-path/resource-path-to-entities",
    "req/request-data/status-code",
    "req/request-data/query-status-code",
    "req/request-data/order",
    "req/request-data/expand",
    "req/request-data/select",
    "req/request-data/orderby",
    "req/request-data/top",
    "req/request-data/skip",
    "req/request-data/count",
    "req/request-data/filter",
    "req/request-data/built-in-filter-operations",
    "req/request-data/built-in-query-functions",
    "req/request-data/pagination",
    "req/create-update-delete/create-entity",
    "req/create-update-delete/link-to-existing-entities",
    "req/create-update-delete/deep-insert",
    "req/create-update-delete/deep-insert-status-code",
    "req/create-update-delete/update-entity",
    "req/create-update-delete/update-entity-put",
    "req/create-update-delete/delete-entity",
    "req/create-update-delete/historical-location-auto-creation",
    "req/create-update-delete/historical-location-manual-creation",
    "req/multi-datastream/properties",
    "req/multi-datastream/relations",
    "req/multi-datastream/constraints",
    "req/data-array/data-array",
  ],
  mqtt: ["req/create-observations-via-mqtt/observations-creation", "req/receive-updates-via-mqtt/receive-updates"],
};

/** Short names of the requirements, such as `req/datamodel/thing/properties`. */
export function requirements(capabilities: readonly Capability[]): string[] {
  return capabilities.flatMap((one) => [...fulfilled[one]]);
}

/** The address that stands for a requirement. */
export function requirementUri(name: string): string {
  return `${base}${name}`;
}
