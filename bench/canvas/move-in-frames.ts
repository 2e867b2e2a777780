/** What somebody does on a canvas, once in every frame. */
export type Movement = 'pan' | 'zoom' | 'drag';

/** As much of a page as is used here; the bench itself runs where there is none. */
interface PageGlobals {
  document: PageElement & {
    querySelector: (selector: string) => PageElement | null;
    querySelectorAll: (selector: string) => Iterable<PageElement>;
    elementFromPoint: (x: number, y: number) => PageElement | null;
  };
  WheelEvent: new (type: string, init: object) => Event;
  MouseEvent: new (type: string, init: object) => Event;
  requestAnimationFrame: (step: (now: number) => void) => void;
}

interface PageElement extends EventTarget {
  closest: (selector: string) => PageElement | null;
  getBoundingClientRect: () => { left: number; top: number; width: number; height: number };
}

export interface Point {
  x: number;
  y: number;
}

/**
 * Runs within the page, as all here: presses the mouse on the block in the middle and returns where. They
 * stand alone, since they are sent to the page as text.
 */
export function gripBlock(): Point {
  const { document, MouseEvent } = globalThis as unknown as PageGlobals;
  const box = document.querySelector('.react-flow__pane')!.getBoundingClientRect();
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const block = document.elementFromPoint(middle.x, middle.y)?.closest('.react-flow__node');
  const nodes = [...document.querySelectorAll('.react-flow__node:not([data-id="#start"])')];
  const gripped = block ?? nodes[Math.floor(nodes.length / 2)]!;
  const { left, top, width, height } = gripped.getBoundingClientRect();
  const at = { x: left + width / 2, y: top + height / 3 };
  const where = { clientX: at.x, clientY: at.y, bubbles: true, cancelable: true };
  gripped.dispatchEvent(new MouseEvent('mousedown', { ...where, view: globalThis }));
  return at;
}

/** Lets go of the block. With Alt it is only moved, and stays the same graph whatever is under it. */
export function letGo({ grip }: { grip: Point }): void {
  const { document, MouseEvent } = globalThis as unknown as PageGlobals;
  const at = { clientX: grip.x, clientY: grip.y, bubbles: true, cancelable: true, altKey: true };
  for (const type of ['mousemove', 'mouseup']) {
    document.dispatchEvent(new MouseEvent(type, { ...at, view: globalThis }));
  }
}

/** Moves something in each of so many frames. */
export function moveInFrames({
  movement,
  first,
  frames,
  grip,
  swing = 24,
}: {
  movement: Movement;
  /** Frames before these: a movement goes on where it was. */
  first: number;
  frames: number;
  /** Of a drag. */
  grip: Point | null;
  /** How far a pan goes in a frame, in pixels of the screen. */
  swing?: number;
}): Promise<void> {
  const { document, WheelEvent, MouseEvent, requestAnimationFrame } =
    globalThis as unknown as PageGlobals;
  const pane = document.querySelector('.react-flow__pane')!;
  const box = pane.getBoundingClientRect();
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };

  const wheel = (deltaY: number, ctrlKey: boolean): void => {
    const at = { clientX: middle.x, clientY: middle.y, bubbles: true, cancelable: true };
    pane.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY, deltaX: deltaY / 3, ctrlKey }));
  };
  const drag = (n: number): void => {
    const clientX = grip!.x + Math.sin(n / 12) * 140;
    const clientY = grip!.y + Math.sin(n / 17) * 90;
    const at = { clientX, clientY, bubbles: true, cancelable: true, view: globalThis };
    document.dispatchEvent(new MouseEvent('mousemove', at));
  };
  const turn = (n: number): number => (Math.floor(n / 60) % 2 === 0 ? 1 : -1);
  const step = {
    pan: (n: number) => wheel(swing * turn(n), false),
    zoom: (n: number) => wheel(4 * turn(n), true),
    drag,
  }[movement];

  return new Promise((resolve) => {
    let n = first;
    const frame = (): void => {
      if (n === first + frames) {
        resolve();
        return;
      }
      n += 1;
      step(n);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
