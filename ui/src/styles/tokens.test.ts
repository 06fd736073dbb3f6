import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8').replace(/\/\*[^]*?\*\//g, '');

/** The colours of a block that begins with `selector {`. */
function colours(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  expect(start, selector).toBeGreaterThanOrEqual(0);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const TEXTS = ['text', 'muted', 'accent', 'wrong', 'look', 'right'];
const GROUNDS = ['ground', 'surface', 'sunken', 'accent-soft', 'wrong-soft', 'look-soft', 'right-soft'];
const themes = {
  light: colours(':root'),
  dark: colours(":root[data-theme='dark']"),
};

describe.each(Object.entries(themes))('%s', (_theme, token) => {
  const of = (name: string) => token[name] ?? expect.unreachable(`no token ${name}`);

  it.each(TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)))('%s on %s can be read', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
  ])('%s on %s can be read', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['ground', 'surface', 'sunken', 'accent-soft', 'wrong-soft', 'look-soft'])("a control's edge is seen on %s", (ground) => {
    expect(contrast(of('edge'), of(ground))).toBeGreaterThanOrEqual(3);
    expect(contrast(of('accent'), of(ground))).toBeGreaterThanOrEqual(3);
  });
});

it('is equally dark by the wish of the desktop and of the person', () => {
  expect(colours(":root:not([data-theme='light'])")).toEqual(themes.dark);
});

it('names every colour in both themes', () => {
  expect(Object.keys(themes.dark).sort()).toEqual(Object.keys(themes.light).sort());
});
