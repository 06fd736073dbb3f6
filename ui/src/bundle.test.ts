// @vitest-environment node
// What is shipped: no invented program in it, and nothing that the content security policy would refuse.
import { resolve } from 'node:path';
import { build, type Rolldown } from 'vite';
import { beforeAll, expect, it } from 'vitest';

let files: { name: string; text: string }[] = [];

beforeAll(async () => {
  const root = resolve(import.meta.dirname, '..');
  const built = (await build({ root, mode: 'production', logLevel: 'error', build: { write: false } })) as Rolldown.RolldownOutput;
  files = built.output.map((file) => ({
    name: file.fileName,
    text: file.type === 'chunk' ? file.code : String(file.source),
  }));
}, 60_000);

it('has the page, its scripts, its styles and its typeface', () => {
  for (const ending of ['.html', '.js', '.css', '.woff2']) {
    expect(files.some(({ name }) => name.endsWith(ending)), ending).toBe(true);
  }
});

it('holds nothing of the invented program', () => {
  const invented = files.filter(({ text }) => /campbell-road-practice|nguyen-thi|inventFiles/.test(text));
  expect(invented.map(({ name }) => name)).toEqual([]);
});

it('has no inline script or style, and no file inside a file', () => {
  const page = files.find(({ name }) => name.endsWith('.html'))?.text ?? '';
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  for (const { name, text } of files.filter(({ name }) => /\.(html|css)$/.test(name))) expect(text, name).not.toContain('data:');
});

it('makes no code and no styles while it runs', () => {
  for (const { name, text } of files.filter(({ name }) => name.endsWith('.js'))) {
    expect(text, name).not.toMatch(/\beval\(|new Function\(|createElement\(["'`]style["'`]\)/);
  }
});

it('asks for nothing from elsewhere', () => {
  for (const { name, text } of files.filter(({ name }) => /\.(html|css)$/.test(name))) expect(text, name).not.toMatch(/https?:\/\//);
});
