/** Runs jobs one after the other. A job that throws does not stop the next; whoever added it hears of it. */
export class Queue {
  #tail: Promise<void> = Promise.resolve();
  #generation = 0;

  /** `run` can ask whether the queue was cleared since it was added. */
  add(run: (cleared: () => boolean) => Promise<void>): Promise<void> {
    const generation = this.#generation;
    const result = this.#tail.then(() => run(() => generation !== this.#generation));
    this.#tail = result.then(undefined, () => {});
    return result;
  }

  /** Tells all waiting jobs that they are no longer wanted. */
  clear(): void {
    this.#generation++;
  }
}
