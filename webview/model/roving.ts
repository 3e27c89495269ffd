/** One tab stop for a picture of many buttons: the arrow keys go to the next one as the eye sees them. */
export function roving(event: KeyboardEvent, buttons: readonly HTMLElement[]): HTMLElement | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const index = buttons.findIndex((button) => button === event.target);
  if (index < 0) return null;
  switch (event.key) {
    case 'ArrowRight':
      return buttons[index + 1] ?? null;
    case 'ArrowLeft':
      return buttons[index - 1] ?? null;
    case 'ArrowDown':
      return nearest(buttons, index, 1);
    case 'ArrowUp':
      return nearest(buttons, index, -1);
    case 'Home':
      return buttons[0] ?? null;
    case 'End':
      return buttons.at(-1) ?? null;
    default:
      return null;
  }
}

/** The nearest one that lies wholly below (1) or above (-1). */
function nearest(buttons: readonly HTMLElement[], index: number, direction: 1 | -1): HTMLElement | null {
  const own = buttons[index]?.getBoundingClientRect();
  if (own === undefined) return null;
  let best: HTMLElement | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const button of buttons) {
    const box = button.getBoundingClientRect();
    const away = direction === 1 ? box.top - own.bottom : own.top - box.bottom;
    if (away < -1) continue;
    const aside = Math.abs(centre(box) - centre(own));
    const distance = away * 4 + aside;
    if (distance < bestDistance) [best, bestDistance] = [button, distance];
  }
  return best;
}

function centre({ left, width }: DOMRect): number {
  return left + width / 2;
}
