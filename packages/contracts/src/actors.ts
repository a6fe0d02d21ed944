/** Actors of the log that are no people. */
export const machineActors: readonly string[] = ["rule", "suppression", "clock"];
/** Actor of what people did, for those who may not know who it was. */
export const unnamedActor = "staff";
