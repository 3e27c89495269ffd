import type { Span } from '../span';

/** What a person does on a chart, in values of the x axis. */
export interface ChartActions {
  /** Looks at a place; null: at none. */
  point(x: number | null): void;
  select(span: Span): void;
  zoom(at: number | null, factor: number): void;
  pan(share: number): void;
  showAll(): void;
  /** To the next point in this direction, or to the last one. */
  step(direction: 1 | -1, whole: boolean): void;
}

interface Plot {
  readonly element: HTMLElement;
  /** Value of the x axis below the pointer, kept within the plot. */
  xAt(clientX: number): number | null;
  /** Shows the part that is being selected. */
  selecting(from: number, to: number): void;
  selected(): void;
}

/** Less is a click. */
const DRAG_PIXELS = 5;
const ZOOM_FACTOR = 0.7;
const PAN_SHARE = 0.15;

/** Pointer, wheel and keys of a chart's plot. */
export function listenToGestures(plot: Plot, actions: ChartActions): void {
  const { element } = plot;
  let start: { readonly clientX: number; readonly pointerId: number } | null = null;
  const end = (): void => {
    start = null;
    plot.selected();
  };

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || plot.xAt(event.clientX) === null) return;
    start = { clientX: event.clientX, pointerId: event.pointerId };
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    actions.point(plot.xAt(event.clientX));
    if (start !== null && Math.abs(event.clientX - start.clientX) >= DRAG_PIXELS)
      plot.selecting(start.clientX, event.clientX);
  });
  element.addEventListener('pointerup', (event) => {
    const from = start === null ? null : plot.xAt(start.clientX);
    const to = plot.xAt(event.clientX);
    const dragged = start !== null && Math.abs(event.clientX - start.clientX) >= DRAG_PIXELS;
    end();
    if (dragged && from !== null && to !== null) actions.select({ min: Math.min(from, to), max: Math.max(from, to) });
  });
  element.addEventListener('pointercancel', end);
  element.addEventListener('pointerleave', () => {
    if (start === null && !element.matches(':focus-visible')) actions.point(null);
  });
  element.addEventListener('dblclick', () => actions.showAll());
  element.addEventListener(
    'wheel',
    (event) => {
      // Without a key the wheel scrolls the page; pinching on a touchpad comes as ctrl+wheel.
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
      event.preventDefault();
      if (event.shiftKey) actions.pan(Math.sign(event.deltaY + event.deltaX) * PAN_SHARE);
      else actions.zoom(plot.xAt(event.clientX), event.deltaY < 0 ? ZOOM_FACTOR : 1 / ZOOM_FACTOR);
    },
    { passive: false },
  );
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && start !== null) return end();
    if (!event.ctrlKey && !event.metaKey && !event.altKey && onKey(event, actions)) event.preventDefault();
  });
  element.addEventListener('blur', () => actions.point(null));
}

function onKey({ key, shiftKey }: KeyboardEvent, actions: ChartActions): boolean {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      const direction = key === 'ArrowLeft' ? -1 : 1;
      if (shiftKey) actions.pan(direction * PAN_SHARE);
      else actions.step(direction, false);
      return true;
    }
    case 'Home':
    case 'End':
      actions.step(key === 'Home' ? -1 : 1, true);
      return true;
    case '+':
    case '=':
      actions.zoom(null, ZOOM_FACTOR);
      return true;
    case '-':
    case '_':
      actions.zoom(null, 1 / ZOOM_FACTOR);
      return true;
    case '0':
      actions.showAll();
      return true;
    default:
      return false;
  }
}
