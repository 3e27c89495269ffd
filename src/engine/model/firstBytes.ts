/**
 * So many bytes of a stream, behind those that are skipped; then the stream is let go, however much of it is left. `whole`:
 * what is longer is an error, not cut.
 */
export function firstBytes(
  body: ReadableStream<Uint8Array>,
  skip: number,
  take: number,
  whole: boolean,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let toSkip = skip;
  let left = take;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        const piece = value.subarray(Math.min(toSkip, value.length));
        toSkip -= value.length - piece.length;
        if (piece.length === 0) continue;
        if (piece.length > left && whole) {
          await reader.cancel();
          throw new RangeError(`more than ${take} bytes`);
        }
        controller.enqueue(piece.subarray(0, left));
        left -= Math.min(left, piece.length);
        if (left > 0 || whole) return;
        controller.close();
        return reader.cancel();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
