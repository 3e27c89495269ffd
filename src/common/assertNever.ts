/** Ends an exhaustive switch: the compiler refuses a forgotten case, and a value that should not exist is named. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
