// The arrows of the page: which folder may import which. `host` alone knows Tauri; screens don't know one another.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const SRC = import.meta.dirname;

/** Which folders a folder may import from, besides itself. */
const ALLOWED: Record<string, readonly string[]> = {
  generated: [],
  styles: [],
  words: ['generated'],
  host: ['generated'],
  state: ['generated', 'host'],
  parts: ['generated', 'words'],
  screens: ['generated', 'host', 'parts', 'state', 'words'],
  app: ['generated', 'host', 'parts', 'screens', 'state', 'words'],
  testing: ['app', 'host'],
};

interface Import {
  from: string;
  to: string;
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.(ts|svelte)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  const names = [...text.matchAll(/(?:from\s+|import\s*\(?\s*)['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');
  return names.map((name) => ({
    from: relative(SRC, path),
    to: name.startsWith('.') ? relative(SRC, resolve(dirname(path), name)) : name,
  }));
}

const imports = files(SRC).flatMap(importsOf);
const inside = imports.filter(({ to }) => Object.keys(ALLOWED).some((folder) => to.startsWith(`${folder}/`)));
const folderOf = (path: string) => path.split('/')[0] ?? '';

it('sees imports at all', () => {
  expect(inside.length).toBeGreaterThan(100);
  expect(imports.some(({ to }) => to.startsWith('@tauri-apps/'))).toBe(true);
});

it('knows Tauri in one file of the host alone', () => {
  const tauri = imports.filter(({ to }) => to.startsWith('@tauri-apps/')).map(({ from }) => from);
  expect(new Set(tauri)).toEqual(new Set(['host/tauri.ts']));
});

it('follows the arrows', () => {
  const wrong = inside.filter(({ from, to }) => {
    const [here, there] = [folderOf(from), folderOf(to)];
    return here in ALLOWED && here !== there && !ALLOWED[here]?.includes(there);
  });
  expect(wrong).toEqual([]);
});

it('keeps the screens apart', () => {
  const screenOf = (path: string) => path.split('/')[1];
  const wrong = inside.filter(
    ({ from, to }) => folderOf(from) === 'screens' && folderOf(to) === 'screens' && screenOf(from) !== screenOf(to),
  );
  expect(wrong).toEqual([]);
});

it('lets nobody but the host reach for the invented program', () => {
  const fake = imports.filter(({ from, to }) => to.startsWith('host/fake') && !from.startsWith('host/') && !from.startsWith('testing/'));
  expect(fake).toEqual([]);
});
