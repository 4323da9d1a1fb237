import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { driftBetween, manifestText } from './manifest.js';
import { manifestTables, publicManifest, tagsIn, withTables } from './manifest-tables.js';

const manifest = {
  modules: [
    {
      path: 'src/elements/a-element.ts',
      declarations: [
        {
          kind: 'class',
          name: 'AElement',
          events: [{ name: 'x8-error' }, { name: 'error' }],
          attributes: [
            { name: 'mask', type: { text: `'all' | 'none'` }, default: `'all'`, description: 'One\ntwo.' },
          ],
          members: [
            { kind: 'field', name: 'shown', description: 'Public.' },
            { kind: 'field', name: '_hidden', privacy: 'private' },
            { kind: 'method', name: 'render', privacy: 'public' },
            { kind: 'method', name: 'stop', parameters: [{ name: 'why', optional: true }] },
          ],
        },
        { kind: 'variable', name: 'target' },
      ],
    },
  ],
};
const tags = tagsIn(`const ELEMENTS = {\n  'x8-a': AElement,\n};`);
const readme =
  'before\n<!-- x8-a: start (npm run manifest) -->\nold\n<!-- x8-a: end (npm run manifest) -->\nafter\n';

suite('the manifest', () => {
  test('has no private member and no life-cycle method', () => {
    const names = publicManifest(manifest, tags).modules[0]?.declarations?.[0]?.members?.map(
      ({ name }) => name,
    );
    assert.deepEqual(names, ['shown', 'stop']);
  });

  test('has classes with their tags and declared events, and nothing that the analyzer guessed', () => {
    const [element, ...others] = publicManifest(manifest, tags).modules[0]?.declarations ?? [];
    assert.deepEqual([element?.tagName, element?.customElement, others], ['x8-a', true, []]);
    assert.deepEqual(element?.events, [{ name: 'x8-error' }]);
  });

  test('names both elements, and making it leaves package.json alone', async () => {
    const before = await readFile('package.json', 'utf8');
    const text = await manifestText();
    assert.match(text, /"tagName": "x8-agent-feed"/);
    assert.match(text, /"tagName": "x8-queue-tile"/);
    assert.equal(await readFile('package.json', 'utf8'), before);
  });

  test('becomes tables: bars escaped, one line each', () => {
    const table = manifestTables(publicManifest(manifest, tags)).get('x8-a') ?? '';
    assert.match(table, /\| `mask` \| `'all' \\\| 'none'` \| `'all'` \| One two\. \|/);
    assert.match(table, /`stop\(why\?\)`/);
    assert.doesNotMatch(table, /_hidden|render/);
  });

  test('replaces what stands between the markers, and nothing else', () => {
    const text = withTables(readme, new Map([['x8-a', 'NEW']]));
    assert.match(text, /^before\n<!-- x8-a: start [^\n]*\n\nNEW\n\n<!-- x8-a: end [^\n]*\nafter\n$/);
  });

  test('a README without markers is an error that says what is missing', () => {
    assert.throws(() => withTables('nothing', new Map([['x8-a', 'NEW']])), /needs the lines[^]*x8-a: start/);
  });

  test('drift is named with its first line', () => {
    assert.deepEqual(driftBetween('README.md', 'a\nb\n', 'a\nb\n'), []);
    assert.match(driftBetween('README.md', 'a\nb\n', 'a\nc\n').join(), /^README\.md:2: /);
    assert.match(driftBetween('README.md', '', 'a\n').join(), /^README\.md:1: /);
  });
});
