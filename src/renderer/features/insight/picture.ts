/** A chart as a list of shapes in pixels: drawn as SVG in the window and on a canvas where it is saved. Colours are CSS. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      readonly opacity?: number;
    }
  | {
      readonly kind: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly stroke: string;
      readonly width?: number;
      readonly dash?: number;
    }
  | { readonly kind: 'dot'; readonly x: number; readonly y: number; readonly r: number; readonly fill: string }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** The baseline. */
      readonly y: number;
      readonly text: string;
      readonly fill: string;
      readonly align?: 'start' | 'middle' | 'end';
      readonly bold?: boolean;
    };

export const TEXT_SIZE = 12;
const MARGIN = 16;
/** Saved pictures are sharp on paper and on dense screens. */
const SCALE = 2;

/** Draws a picture with a title over it and its colours as the window has them now. */
export function drawPicture(picture: Picture, title: string): HTMLCanvasElement {
  const top = MARGIN + 24;
  const { canvas, context } = blankCanvas(picture.width + 2 * MARGIN, picture.height + top + MARGIN);
  context.font = fontOf(true, 14);
  context.fillStyle = resolveColour('var(--text)');
  context.fillText(title, MARGIN, MARGIN + 12);
  context.translate(MARGIN, top);
  const colour = rememberColours();
  for (const shape of picture.shapes) draw(context, shape, colour);
  return canvas;
}

function blankCanvas(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * SCALE);
  canvas.height = Math.ceil(height * SCALE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this window can’t draw pictures');
  context.scale(SCALE, SCALE);
  context.fillStyle = resolveColour('var(--surface)');
  context.fillRect(0, 0, width, height);
  return { canvas, context };
}

function draw(context: CanvasRenderingContext2D, shape: Shape, colour: (css: string) => string): void {
  switch (shape.kind) {
    case 'rect':
      context.globalAlpha = shape.opacity ?? 1;
      context.fillStyle = colour(shape.fill);
      context.fillRect(shape.x, shape.y, shape.width, shape.height);
      context.globalAlpha = 1;
      return;
    case 'line':
      context.strokeStyle = colour(shape.stroke);
      context.lineWidth = shape.width ?? 1;
      context.setLineDash(shape.dash ? [shape.dash, shape.dash] : []);
      context.beginPath();
      context.moveTo(shape.x1, shape.y1);
      context.lineTo(shape.x2, shape.y2);
      context.stroke();
      return;
    case 'dot':
      context.fillStyle = colour(shape.fill);
      context.beginPath();
      context.arc(shape.x, shape.y, shape.r, 0, 2 * Math.PI);
      context.fill();
      return;
    case 'text':
      context.font = fontOf(shape.bold ?? false, TEXT_SIZE);
      context.textAlign = shape.align === 'middle' ? 'center' : (shape.align ?? 'start');
      context.fillStyle = colour(shape.fill);
      context.fillText(shape.text, shape.x, shape.y);
      return;
  }
}

const fontOf = (bold: boolean, size: number): string =>
  `${bold ? 600 : 400} ${size}px ${getComputedStyle(document.body).fontFamily}`;

function rememberColours(): (css: string) => string {
  const known = new Map<string, string>();
  return (css) => {
    const found = known.get(css) ?? resolveColour(css);
    known.set(css, found);
    return found;
  };
}

/** What a CSS colour (a variable, a `light-dark()`) comes to now, for a canvas. */
export function resolveColour(css: string): string {
  const probe = document.createElement('span');
  probe.style.color = css;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
