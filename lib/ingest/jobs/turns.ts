/** The right to read, until `end`. */
export type Turn = {
  /** Whoever was alone needs to be no longer. */
  relax(): void;
  end(): void;
};

/**
 * Lets several read at once, and one by itself of which it is not known whether it takes the process with it: the others must
 * not be blamed for its death.
 */
export class Turns {
  #reading = 0;
  #alone: PromiseWithResolvers<void> | undefined;

  /** Waits while somebody is alone. */
  async shared(): Promise<Turn> {
    while (this.#alone) await this.#alone.promise;
    return this.#begin();
  }

  /** Undefined while anybody reads. */
  alone(): Turn | undefined {
    if (this.#reading > 0) return undefined;
    this.#alone = Promise.withResolvers();
    return this.#begin(this.#alone);
  }

  #begin(alone?: PromiseWithResolvers<void>): Turn {
    this.#reading++;
    let isOver = false;
    const relax = () => {
      if (alone && this.#alone === alone) this.#alone = undefined;
      alone?.resolve();
    };
    const end = () => {
      relax();
      if (!isOver) this.#reading--;
      isOver = true;
    };
    return { relax, end };
  }
}
