/** The bytes of a block do not fit their checksum, version or lengths: nothing of them can be trusted. */
export class DamagedBlock extends Error {
  constructor(what: string) {
    super(`the block is damaged: ${what}`);
    this.name = "DamagedBlock";
  }
}
