import { z } from "zod";

/** What people may be in the operations centre. A person may have several. */
export const roles = [
  "leader",
  "duty-officer",
  "operator",
  "editor",
  "data-steward",
  "administrator",
  "auditor",
] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** A role in an area of the scheme in use and all below it; `area` null: in the whole city. */
export const roleGrant = z.object({ role, area: z.string().min(1).max(100).nullable() });
export type RoleGrant = z.infer<typeof roleGrant>;
