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

/**
 * Runs within the page: moves something in each frame and returns how many frames there were. It stands
 * alone, since it is sent to the page as text.
 */
export function moveInFrames({
  movement,
  frames,
}: {
  movement: Movement;
  frames: number;
}): Promise<number> {
  const { document, WheelEvent, MouseEvent, requestAnimationFrame } =
    globalThis as unknown as PageGlobals;
  const pane = document.querySelector('.react-flow__pane')!;
  const box = pane.getBoundingClientRect();
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const block = document.elementFromPoint(middle.x, middle.y)?.closest('.react-flow__node');
  const nodes = [...document.querySelectorAll('.react-flow__node:not([data-id="#start"])')];
  const dragged = block ?? nodes[Math.floor(nodes.length / 2)] ?? pane;
  const grip = dragged.getBoundingClientRect();
  const from = { x: grip.left + grip.width / 2, y: grip.top + grip.height / 3 };

  const wheel = (deltaY: number, ctrlKey: boolean): void => {
    const at = { clientX: middle.x, clientY: middle.y, bubbles: true, cancelable: true };
    pane.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY, deltaX: deltaY / 3, ctrlKey }));
  };
  const mouse = (type: string, n: number, target: EventTarget): void => {
    const clientX = from.x + Math.sin(n / 12) * 140;
    const clientY = from.y + Math.sin(n / 17) * 90;
    // Let go with Alt the block is only moved, and stays the same graph whatever is under it.
    const at = { clientX, clientY, bubbles: true, cancelable: true, altKey: n >= frames };
    target.dispatchEvent(new MouseEvent(type, { ...at, view: globalThis }));
  };
  const turn = (n: number): number => (Math.floor(n / 60) % 2 === 0 ? 1 : -1);
  const step = {
    pan: (n: number) => wheel(24 * turn(n), false),
    zoom: (n: number) => wheel(4 * turn(n), true),
    drag: (n: number) => mouse('mousemove', n, document),
  }[movement];

  return new Promise((resolve) => {
    let n = 0;
    if (movement === 'drag') mouse('mousedown', 0, dragged);
    const frame = (): void => {
      n += 1;
      if (n <= frames) {
        step(n);
        requestAnimationFrame(frame);
      } else {
        if (movement === 'drag') mouse('mouseup', n, document);
        resolve(frames);
      }
    };
    requestAnimationFrame(frame);
  });
}
