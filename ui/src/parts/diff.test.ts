import { expect, it } from 'vitest';
import { diffLines, textDiff, type DiffWords } from './diff';

const words: DiffWords = {
  on: 'on',
  off: 'off',
  notSet: 'not set',
  everybody: 'everyone',
  signedIn: 'any AWS account',
  noPolicy: 'no policy',
  grant: (who, permission) => `${who}: ${permission}`,
};

it('shows each flag from what to what, an absent configuration as off', () => {
  const on = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
  const lines = diffLines(
    {
      check: 'block-public-access',
      before: { setting: 'bucketPublicAccessBlock', value: null },
      after: { setting: 'bucketPublicAccessBlock', value: on },
    },
    words,
  );
  expect(lines).toHaveLength(4);
  expect(lines[0]).toEqual({ kind: 'setting', name: 'BlockPublicAcls', before: 'off', after: 'on' });
});

it('names everybody in a grant that goes', () => {
  const owner = { grantee: { canonicalUser: '0123456789abcdef0123' }, permission: 'FULL_CONTROL' } as const;
  const everybody = { grantee: { group: 'http://acs.amazonaws.com/groups/global/AllUsers' }, permission: 'READ' } as const;
  const lines = diffLines(
    {
      check: 'acl-grants',
      before: { setting: 'bucketAcl', value: [owner, everybody] },
      after: { setting: 'bucketAcl', value: [owner] },
    },
    words,
  );
  expect(lines).toEqual([
    { kind: 'kept', text: '0123456789ab…: FULL_CONTROL' },
    { kind: 'removed', text: 'everyone: READ' },
  ]);
});

it('keeps what stays and marks what goes and comes', () => {
  expect(textDiff(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual([
    { kind: 'kept', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'x' },
    { kind: 'kept', text: 'c' },
    { kind: 'added', text: 'd' },
  ]);
});

it('leads from the old text to the new one, whatever they are', () => {
  const letters = ['a', 'b', 'c'];
  for (let seed = 0; seed < 200; seed += 1) {
    const pick = (salt: number, length: number) =>
      Array.from({ length }, (_, i) => letters[(seed * 7 + salt * 13 + i * i * (seed % 5 + 1)) % 3] ?? '');
    const [before, after] = [pick(1, seed % 7), pick(2, seed % 6)];
    const lines = textDiff(before, after);
    const side = (gone: string) => lines.flatMap((line) => (line.kind === gone || line.kind === 'setting' ? [] : [line.text]));
    expect(side('added')).toEqual(before);
    expect(side('removed')).toEqual(after);
  }
});
