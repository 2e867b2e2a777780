import type { Measure } from './cut-text.ts';

const canvas = typeof document === 'undefined' ? null : document.createElement('canvas');

/** In the usual typeface of the machine, as mail programs use it. */
export function measureIn(fontSize: number, weight: number): Measure {
  const context = canvas?.getContext('2d');
  if (!context) return (text) => text.length * fontSize * 0.5;
  return (text) => {
    context.font = `${weight} ${fontSize}px system-ui, sans-serif`;
    return context.measureText(text).width;
  };
}
