/** Worry: does a build that is smaller also look different? */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { minifyMarkup, minifyStyles } from './minify-templates.js';

const markup = (...pieces: readonly string[]): string => minifyMarkup(pieces).join('${}');
const styles = (text: string): string => minifyStyles([text]).join('');

suite('minified markup', () => {
  test('white space beside a block is dropped', () => {
    assert.equal(
      markup('<div class="a">\n  <p>one</p>\n  ', '\n  <p> two </p>\n</div>'),
      '<div class="a"><p>one</p>${}<p>two</p></div>',
    );
  });

  test('a blank between words, inline elements and expressions stays', () => {
    assert.equal(
      markup('<p><b>one</b>\n  <i>two</i> three ', ' ', '</p>'),
      '<p><b>one</b> <i>two</i> three ${} ${}</p>',
    );
  });

  test('a blank beside an icon stays outside the icon and goes inside it', () => {
    assert.equal(
      markup('<span>a</span>\n<svg viewBox="0 0 1 1">\n  <path d="M0 0"></path>\n</svg>\nb'),
      '<span>a</span> <svg viewBox="0 0 1 1"><path d="M0 0"></path></svg> b',
    );
  });

  test('attributes are told apart by one blank, and their values are left alone', () => {
    assert.equal(
      markup(
        '<button\n  class="a  b"\n  title="x > y"\n  @click=',
        '\n  aria-label=',
        '\n>\n  ',
        '\n</button>',
      ),
      '<button class="a  b" title="x > y" @click=${} aria-label=${}>${}</button>',
    );
  });

  test('a value may hold expressions of its own', () => {
    assert.equal(
      markup('<p class="a ', ' ', '"\n  part="b">', '</p>'),
      '<p class="a ${} ${}" part="b">${}</p>',
    );
  });
});

suite('minified styles', () => {
  test('comments and white space go, declarations stay as they are', () => {
    assert.equal(
      styles(
        '\n  /* why */\n  .a > .b:hover,\n  .c {\n    margin: 0 auto;\n    inset: calc(1px + 2px);\n  }\n',
      ),
      '.a > .b:hover,.c{margin:0 auto;inset:calc(1px + 2px)}',
    );
  });

  test('what is quoted is left alone', () => {
    assert.equal(styles(".a::before { content: ' ; · '; }"), ".a::before{content:' ; · '}");
  });

  test('styles with an expression inside are left as they are', () => {
    assert.deepEqual(minifyStyles(['.a { margin: ', ' ', '; }']), ['.a { margin: ', ' ', '; }']);
  });

  test('a pseudo-class of any descendant is not joined to what stands before it', () => {
    assert.equal(styles('.a :hover { color: red; }'), '.a :hover{color:red}');
  });
});
