import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { missingTools, remedy, type Tool } from './browsers.js';
import { ALL_BROWSERS } from './options.js';
import { linuxPlatform, type Platform } from './platform.js';

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n';
const UBUNTU = 'ID=ubuntu\nID_LIKE=debian\n';
const MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n';
const everything: readonly Tool[] = ['chromium', 'firefox', 'webkit', 'webkit-driver', 'display'];

suite('missing browsers', () => {
  test('WebKit needs its driver and a display too', () => {
    assert.deepEqual(
      missingTools(ALL_BROWSERS, () => undefined),
      everything,
    );
    assert.deepEqual(
      missingTools(['webkit'], (tool) => (tool === 'display' ? undefined : '/usr/bin/it')),
      ['display'],
    );
  });

  test('nothing is missing when everything is found', () => {
    assert.deepEqual(
      missingTools(ALL_BROWSERS, () => '/usr/bin/it'),
      [],
    );
  });
});

suite('the remedy', () => {
  test('root on Debian gets packages, a font among them', () => {
    const { packages, advice } = remedy(linuxPlatform(DEBIAN, true), everything);
    assert.deepEqual(packages.toSorted(), [
      'chromium',
      'firefox-esr',
      'fonts-dejavu-core',
      'webkit2gtk-driver',
      'xvfb',
    ]);
    assert.deepEqual(advice, []);
  });

  test('anyone else on Debian gets the line to type', () => {
    const { packages, advice } = remedy(linuxPlatform(DEBIAN, false), ['firefox']);
    assert.deepEqual(packages, []);
    assert.match(advice.join('\n'), /sudo .*apt-get install .*firefox-esr/);
  });

  for (const release of [UBUNTU, MINT]) {
    test(`root on ${release.split('\n')[0]} gets WebKit from apt, and the reason why not the others`, () => {
      const { packages, advice } = remedy(linuxPlatform(release, true), everything);
      assert.ok(packages.includes('webkit2gtk-driver'));
      assert.ok(!packages.includes('chromium') && !packages.includes('firefox-esr'));
      assert.match(advice.join('\n'), /snap[^]*google-chrome-stable[^]*snap[^]*Mozilla/);
    });
  }

  const others: readonly Platform[] = [{ kind: 'linux' }, { kind: 'mac' }, { kind: 'windows' }];
  for (const platform of others) {
    test(`on ${platform.kind} nothing is installed, and every engine is spoken of`, () => {
      const { packages, advice } = remedy(platform, everything);
      assert.deepEqual(packages, []);
      assert.match(advice.join('\n'), /chromium[^]*firefox/i);
      assert.match(advice.join('\n'), /WebKitGTK/);
    });
  }
});
