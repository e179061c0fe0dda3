/** A colour as `getComputedStyle` writes it, e.g. `rgb(20, 24, 27)` or `rgba(0, 0, 0, 0.5)`. */
type CssColour = string;

/** A text of a page with its colour and the grounds under it, nearest first. */
export interface PaintedText {
  readonly text: string;
  readonly colour: CssColour;
  readonly grounds: readonly CssColour[];
}

/**
 * Source of an expression that lists every visible text of a page. A text, since the browser's own types are no part of
 * this project.
 */
export const PAINTED_TEXTS = `
  [...document.querySelectorAll('body, body *')].flatMap((element) => {
    const text = [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent.trim())
      .join(' ').trim();
    const { visibility, clipPath } = getComputedStyle(element);
    const isShown = element.getClientRects().length > 0 && visibility === 'visible' && clipPath === 'none';
    if (text === '' || !isShown || element.closest('.skip')) return [];
    const grounds = [];
    for (let under = element; under; under = under.parentElement)
      grounds.push(getComputedStyle(under).backgroundColor);
    return [{ text, colour: getComputedStyle(element).color, grounds }];
  })`;

/**
 * Contrast of a text with the nearest ground that is not see-through.
 * @returns from 1 to 21.
 * @throws {Error} when no ground is opaque, or a colour is of another form.
 * @see WCAG 2.2, contrast ratio, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrastOf({ text, colour, grounds }: PaintedText): number {
  const ground = grounds.map(readColour).find(({ alpha }) => alpha === 1);
  if (!ground) throw new Error(`no opaque ground under "${text}": ${grounds.join(' / ')}`);
  const [dark = 0, light = 0] = [luminance(readColour(colour)), luminance(ground)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

interface Colour {
  /** Red, green and blue, from 0 to 255. */
  readonly channels: readonly number[];
  /** From 0 to 1. */
  readonly alpha: number;
}

function readColour(css: CssColour): Colour {
  const [, inner] = /^rgba?\((.+)\)$/.exec(css) ?? [];
  const parts = (inner ?? '').split(',').map(Number);
  if (parts.length < 3 || parts.some(Number.isNaN)) throw new Error(`not an rgb colour: ${css}`);
  return { channels: parts.slice(0, 3), alpha: parts[3] ?? 1 };
}

function luminance({ channels }: Colour): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
