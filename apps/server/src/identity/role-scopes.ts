import type { Role, RoleGrant } from "@ioc/contracts";
import type { KnownHolder, Scope } from "../api/keys.ts";

/** What each role allows; reading that is open to all needs none. A choice of this project, not of a regulation. */
const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  leader: ["metrics:read", "notifications:read"],
  "duty-officer": [
    "alerts:write",
    "simulation:control",
    "warnings:backtest",
    "notifications:read",
    "notifications:manage",
    "metrics:read",
  ],
  operator: ["alerts:write", "notifications:read"],
  editor: ["statistics:write", "warnings:backtest"],
  "data-steward": ["datasets:write", "entities:write", "quarantine:read", "metrics:read"],
  administrator: ["admin"],
  auditor: ["quarantine:read", "notifications:read", "metrics:read"],
};

/** What a person's roles allow, in the whole city and by area. */
export function rightsOf(grants: readonly RoleGrant[]): Pick<KnownHolder, "scopes" | "inAreas"> {
  const everywhere = grants.filter(({ area }) => area === null).flatMap(({ role }) => scopesOfRole[role]);
  const inAreas = grants.flatMap(({ role, area }) => (area === null ? [] : [{ area, scopes: scopesOfRole[role] }]));
  return { scopes: [...new Set(everywhere)], inAreas };
}
