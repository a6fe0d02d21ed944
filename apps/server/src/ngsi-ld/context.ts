import type { NgsiMapping } from "@ioc/city-pack";

const ngsi = "https://uri.etsi.org/ngsi-ld/";
const models = "https://smartdatamodels.org/";
const xsd = "http://www.w3.org/2001/XMLSchema#";

/** Terms of the standard that entities here use (ETSI GS CIM 009, annex B). */
const core = {
  id: "@id",
  type: "@type",
  Property: `${ngsi}Property`,
  GeoProperty: `${ngsi}GeoProperty`,
  LanguageProperty: `${ngsi}LanguageProperty`,
  value: `${ngsi}hasValue`,
  languageMap: { "@id": `${ngsi}hasLanguageMap`, "@container": "@language" },
  unitCode: `${ngsi}unitCode`,
  observedAt: { "@id": `${ngsi}observedAt`, "@type": `${xsd}dateTime` },
  location: `${ngsi}location`,
  Point: "https://purl.org/geojson/vocab#Point",
  coordinates: { "@container": "@list", "@id": "https://purl.org/geojson/vocab#coordinates" },
  name: `${models}name`,
  dateObserved: `${models}dateObserved`,
  stationCode: `${models}stationCode`,
};

/** The `@context` of everything that is answered here. It refers to no other, so that nothing needs to be fetched with it. */
export function contextDocument(mapping: NgsiMapping, origin: string): { "@context": Record<string, unknown> } {
  const context: Record<string, unknown> = {
    "@version": 1.1,
    ...core,
    // The city's own additions to a property.
    quality: `${origin}/ngsi-ld/v1/context.jsonld#quality`,
    reasons: `${origin}/ngsi-ld/v1/context.jsonld#reasons`,
  };
  for (const [type, { model, attributes }] of Object.entries(mapping.types)) {
    const names = Object.keys(attributes).filter((name) => !name.includes("."));
    const terms = names.map((name) => [name, `${models}${model}/${name}`]);
    // The same name has another address in another data model, so each type has its own.
    context[type] = { "@id": `${models}${model}/${type}`, "@context": Object.fromEntries(terms) as unknown };
  }
  return { "@context": context };
}
