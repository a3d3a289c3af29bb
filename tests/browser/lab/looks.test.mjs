// How widgets look where the place, the language or the amount is not the usual one. `plain` brings no style at all.

import assert from 'node:assert/strict';
import { assertFits, assertTheme } from '../checks.mjs';
import * as look from '../look.mjs';
import { assertFacts, notice, read, shows } from './lab.mjs';

const lab = { tool: 'lab', args: { title: 'Rows of the lab' } };
const plain = { tool: 'plain' };

for (const theme of ['light', 'dark']) {
  shows(`a template without style looks native (${theme})`, `plain-${theme}`, { ...plain, theme }, async (widget) => {
    await widget.settled();
    await assertTheme(widget, theme);
    await assertFits(widget);
    const { font, button, cell } = await widget.frame.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      return { font: style('p').fontFamily, button: style('button').fontFamily, cell: style('td').paddingTop };
    });
    assert.doesNotMatch(font, /^("?Times|serif)/, 'words are not in the browser’s own type');
    assert.equal(button, font, 'buttons are in the type of the words');
    assert.ok(parseFloat(cell) >= 3, 'the cells of a table have air');
  });
}

shows('who wants no style of ours gets none', 'bare', { tool: 'bare' }, async (widget) => {
  await widget.frame.getByText('Orders of this week').waitFor();
  const { font, margin } = await widget.frame.evaluate(() => {
    const { fontFamily: font, margin } = getComputedStyle(document.body);
    return { font, margin };
  });
  assert.match(font, /^("?Times|serif)/);
  assert.equal(margin, '8px');
});

shows('without a style, errors are seen too', 'plain-error', { ...plain, args: { fail: 'no orders on Sundays' }, theme: 'dark' }, async (widget) => {
  await widget.frame.waitForSelector('[data-status=error]');
  assert.equal(await notice(widget), '"no orders on Sundays"');
  await widget.settled();
  await assertTheme(widget, 'dark');
  await assertFits(widget);
});

for (const width of [320, 1200]) {
  for (const options of [lab, plain]) {
    shows(`${options.tool} at ${width} px`, `${options.tool}-${width}`, { ...options, width }, async (widget) => {
      await widget.settled();
      await assertFits(widget);
    });
  }
}

for (const options of [lab, plain]) {
  shows(`${options.tool} from right to left`, `${options.tool}-ar`, { ...options, context: { locale: 'ar' } }, async (widget) => {
    const { lang, direction, heading } = await widget.frame.evaluate(() => ({
      lang: document.documentElement.lang,
      direction: getComputedStyle(document.body).direction,
      heading: document.querySelector('h1').getBoundingClientRect().right / innerWidth,
    }));
    assert.deepEqual([lang, direction], ['ar', 'rtl']);
    assert.ok(heading > 0.9, 'the heading begins at the right');
    await widget.settled();
    await assertFits(widget);
  });
}

shows('numbers are written as the host’s language has them', 'lab-de-CH', { ...lab, context: { locale: 'de-CH', timeZone: 'Europe/Zurich' } }, async (widget) => {
  await assertFacts(widget, { locale: 'de-CH Europe/Zurich' });
  assert.match(await read(widget, 'amounts'), /^3['’]750\.00$/);
  assert.equal(await widget.frame.evaluate(() => document.documentElement.lang), 'de-CH');
});

shows('a megabyte of data is drawn', 'big', { tool: 'big' }, async (widget) => {
  assert.ok(JSON.stringify(widget.result._meta).length > 1_000_000);
  assert.ok(JSON.stringify(widget.result.structuredContent).length < 100, 'the model sees none of it');
  await widget.frame.getByText('16000 rows').waitFor();
  await widget.frame.getByText('160010000.00').waitFor();
  await widget.settled();
  await assertFits(widget);
});

shows('the words keep clear of what covers the screen', 'plain-insets', { ...plain, context: { safeAreaInsets: { top: 60, right: 20, bottom: 40, left: 50 } } }, async (widget) => {
  await widget.settled();
  const { top, left, below } = await widget.frame.evaluate(() => {
    const boxes = [...document.body.children].map((each) => each.getBoundingClientRect()).filter(({ height }) => height);
    return { top: boxes[0].top, left: boxes[0].left, below: innerHeight - boxes.at(-1).bottom };
  });
  assert.ok(top >= 60 && left >= 50 && below >= 40, `the words begin at ${left}, ${top} and end ${below} px above the end`);
});

shows('the host’s type and colours are the widget’s', 'plain-host', { ...plain, context: { styles: brand() } }, async (widget) => {
  const { wide, thin, color } = await widget.frame.evaluate(async () => {
    await document.fonts.load('16px "Host Type"');
    const measured = (text) => {
      const span = document.body.appendChild(Object.assign(document.createElement('span'), { textContent: text }));
      const { width } = span.getBoundingClientRect();
      span.remove();
      return width;
    };
    return { wide: measured('WWWWWW'), thin: measured('iiiiii'), color: getComputedStyle(document.querySelector('h1')).color };
  });
  assert.equal(wide, thin, 'every letter is as wide as the others');
  assert.equal(color, 'rgb(120, 20, 90)');
});

/** A host whose type has letters of one width, so that it can be measured. */
function brand() {
  return {
    variables: { '--font-sans': '"Host Type", sans-serif', '--color-text-primary': 'rgb(120, 20, 90)' },
    css: { fonts: '@font-face { font-family: "Host Type"; src: local("Liberation Mono"), local("LiberationMono"), local("DejaVu Sans Mono") }' },
  };
}

shows('a frame of a fixed height is not asked to be another', 'plain-fixed', { ...plain, context: { containerDimensions: { width: 720, height: 400 } } }, async (widget) => {
  await widget.settled();
  const { height, overflow } = await widget.frame.evaluate(() => {
    scrollTo(0, 1e6);
    return { height: innerHeight, overflow: getComputedStyle(document.documentElement).overflowY };
  });
  assert.equal(height, 400);
  assert.notEqual(overflow, 'hidden');
  assert.ok(await widget.frame.getByText('Nothing more.').isVisible(), 'the end can be reached');
  assert.ok(await widget.frame.evaluate(() => scrollY > 0), 'by scrolling');
});

shows('a frame of a limited height takes no more', 'plain-limited', { ...plain, context: { containerDimensions: { width: 720, maxHeight: 300 } } }, async (widget) => {
  await widget.settled();
  assert.equal((await widget.page.locator('#widget').boundingBox()).height, 300);
});

shows('what moves keeps still for who wants that', 'plain-still', plain, async (widget) => {
  await widget.frame.evaluate(() => {
    const style = '@keyframes blink { to { opacity: 0 } } #moves { animation: blink 2s infinite; transition: opacity 3s }';
    document.body.insertAdjacentHTML('beforeend', `<style>${style}</style><p id="moves">Moving</p>`);
  });
  const motion = () =>
    widget.frame.evaluate(() => {
      const { animationDuration, animationIterationCount, transitionDuration } = getComputedStyle(document.getElementById('moves'));
      return [animationDuration, animationIterationCount, transitionDuration];
    });
  assert.deepEqual(await motion(), ['2s', 'infinite', '3s'], 'others see it move');
  await widget.page.emulateMedia({ reducedMotion: 'reduce' });
  assert.deepEqual(await motion(), ['0.001s', '1', '0.001s']);
  await widget.frame.waitForFunction(() => !document.getElementById('moves').getAnimations().length);
  await widget.settled();
  await assertFits(widget);
});

shows('a form can be filled in with the keyboard', 'plain-focus', { ...plain, theme: 'dark' }, async (widget) => {
  await widget.frame.locator('input[name=name]').focus();
  await widget.page.keyboard.press('Tab');
  await widget.page.keyboard.press('Shift+Tab');
  await widget.page.keyboard.type('Grace');
  const { value, outline, shadow } = await widget.frame.evaluate(() => {
    const { outlineStyle: outline, boxShadow: shadow } = getComputedStyle(document.activeElement);
    return { value: document.activeElement.value, outline, shadow };
  });
  assert.equal(value, 'Grace');
  assert.ok(outline !== 'none' || shadow !== 'none', 'where the keyboard is can be seen');
});

shows('files beside a widget are loaded from the server', 'gallery', { tool: 'gallery', args: { pictures: 3 } }, async (widget) => {
  await widget.frame.getByText('3 pictures, drawn by a file of its own').waitFor();
  const { width, spacing } = await widget.frame.evaluate(() => ({
    width: document.querySelector('img').naturalWidth,
    spacing: getComputedStyle(document.querySelector('h1')).letterSpacing,
  }));
  assert.ok(width > 0, 'the picture is there');
  assert.equal(spacing, '3px');
});

shows('forms and links work in the strictest sandbox', 'plain-forms', plain, async (widget) => {
  await widget.frame.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<form id="bare"><input id="field"></form><form id="asked"></form><form id="with"><input><button>Send</button></form><a id="link" href="https://example.com/">Away</a>',
    );
    window.sent = [];
    for (const form of document.querySelectorAll('#bare, #asked, #with')) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        sent.push(`${form.id} ${event.submitter?.textContent ?? ''}`.trim());
      });
    }
  });
  await widget.frame.locator('#field').press('Enter');
  await widget.frame.evaluate(() => document.getElementById('asked').requestSubmit());
  await widget.frame.locator('#with input').press('Enter');
  await widget.frame.locator('#with button').click();
  assert.deepEqual(await widget.frame.evaluate(() => sent), ['bare', 'asked', 'with Send', 'with Send']);
  await widget.frame.locator('#link').click();
  await widget.page.waitForFunction(() => host.seen.some(({ kind }) => kind === 'open-link'));
  assert.deepEqual((await widget.seen()).filter(({ kind }) => kind === 'open-link').map(({ url }) => url), ['https://example.com/']);
});

shows('a template that breaks before it draws says so', 'broken', { tool: 'broken' }, async (widget) => {
  await widget.frame.waitForSelector('[data-error]');
  assert.match(await notice(widget), /missing is not defined/);
  // That the console says it too is right, and the one thing it may say.
  assert.equal(widget.problems.length, 1, widget.problems.join('\n'));
  widget.problems.length = 0;
});
