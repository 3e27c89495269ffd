// Named checks of a scenario: each counts as a test. A failed check takes a picture and, unless it is `verify`, ends the
// scenario, since what comes after builds on it.
export class ScenarioEnded extends Error {}

export class Checks {
  passed = 0;
  failed = 0;
  #scenario;
  #onFailure;

  /** @param {(name: string) => Promise<void>} onFailure keeps what helps to understand it */
  constructor(scenario, onFailure) {
    this.#scenario = scenario;
    this.#onFailure = onFailure;
  }

  /** Does something that must work for the scenario to go on. Returns what `act` returns. */
  async step(name, act) {
    const outcome = await this.#attempt(name, act);
    if (outcome.failed) throw new ScenarioEnded(name);
    return outcome.value;
  }

  /** Looks at something; the scenario goes on either way. */
  async verify(name, look) {
    await this.#attempt(name, look);
  }

  async #attempt(name, act) {
    const began = Date.now();
    const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
    try {
      const value = await act();
      this.passed++;
      console.log(`  ✓ ${this.#scenario}: ${name} (${seconds()})`);
      return { failed: false, value };
    } catch (error) {
      this.failed++;
      console.error(`  ✗ ${this.#scenario}: ${name} (${seconds()})\n${error instanceof Error ? error.stack : error}`);
      await this.#onFailure(`${this.#scenario}-failed-${this.failed}`).catch(() => {});
      return { failed: true, value: undefined };
    }
  }
}
