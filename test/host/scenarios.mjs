export async function runScenarios() {
  return { passed: 0, failed: 1 };
}
