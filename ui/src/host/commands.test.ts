import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('knows exactly the commands that the program lists', () => {
  const program = readFileSync(join(import.meta.dirname, '../../../src-tauri/src/command_list.rs'), 'utf8');
  const listed = /\$take!\[([^\]]*)\]/.exec(program)?.[1]?.split(',').map((name) => name.trim()).filter(Boolean) ?? [];
  const page = readFileSync(join(import.meta.dirname, 'host.ts'), 'utf8');
  const known = [...page.matchAll(/^ {2}(\w+): \{ args: /gm)].map((match) => match[1]);
  expect(known.sort()).toEqual(listed.sort());
});
