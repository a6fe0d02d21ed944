import type { Contact, Shift } from "@ioc/contracts";
import type { PackFiles } from "./pack-files.ts";
import type { Placed } from "./problems.ts";
import { itemsOf } from "./read-network.ts";
import { contactsFile, routesFile, shiftsFile } from "./schemas.ts";
import type { RoutesFile } from "./schemas.ts";

/** Who is told of alerts, with the places of it. */
export interface NoticeParts {
  contacts: Placed<Contact>[];
  shifts: Placed<Shift>[];
  plan: Placed<RoutesFile>;
}

/** `contacts.yaml`, `shifts.yaml` and `routes.yaml`; without them nobody is told. */
export async function readNotices(files: PackFiles): Promise<NoticeParts> {
  const plan = await files.yaml("routes.yaml", routesFile, false);
  return {
    contacts: itemsOf(await files.yaml("contacts.yaml", contactsFile, false)),
    shifts: itemsOf(await files.yaml("shifts.yaml", shiftsFile, false)),
    plan: plan ?? {
      value: routesFile.parse({ routes: [] }),
      place: { file: "routes.yaml", path: [], lineOf: () => 0 },
    },
  };
}
