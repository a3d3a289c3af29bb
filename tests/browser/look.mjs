// What a person sees of an open widget, measured: the tests speak of text, charts, size and readability, and not of how
// a template happens to be written.

/** The text on the screen in the order of the document, a line for every block. */
export function text(widget) {
  return ask(widget, (shown) => {
    const inline = (element) => getComputedStyle(element).display.startsWith('inline');
    const block = (element) => (inline(element) ? block(element.parentElement) : element);
    const lines = new Map();
    for (const { data, element } of shown()) {
      const at = block(element);
      lines.set(at, (lines.get(at) ?? '') + data);
    }
    return [...lines.values()].map((line) => line.replace(/\s+/g, ' ').trim()).join('\n');
  });
}

/** The numbers in a text, whatever thousands separators and minus signs they are written with. */
export function numbers(written) {
  const plain = written.replaceAll('−', '-').replace(/(?<=\d)[,\u00a0\u202f](?=\d{3}(?!\d))/g, '');
  return (plain.match(/(?<![\d.-])-?\d+(\.\d+)?/g) ?? []).map(Number);
}

/** The largest `<svg>`: its size, how many marks in it have paint and extent, and `at`, its place among the svgs. */
export function chart(widget) {
  return ask(widget, () => {
    const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const painted = ({ fill, fillOpacity, stroke, strokeOpacity }) =>
      (fill !== 'none' && fillOpacity !== '0') || (stroke !== 'none' && strokeOpacity !== '0');
    const charts = [...document.querySelectorAll('svg')].map((svg, at) => {
      const { width, height } = visible(svg) ? svg.getBoundingClientRect() : { width: 0, height: 0 };
      const marks = [...svg.querySelectorAll('path, rect, circle, ellipse, line, polyline, polygon')].filter((mark) => {
        const box = mark.getBoundingClientRect();
        return visible(mark) && painted(getComputedStyle(mark)) && (box.width > 0 || box.height > 0);
      });
      return { at, width, height, marks: marks.length, drawing: svg.outerHTML };
    });
    return charts.sort((a, b) => b.width * b.height - a.width * a.height)[0];
  });
}

/** How the content lies in the frame: a frame of the right size has no scrollbar and no empty space below. */
export function fit(widget) {
  return ask(widget, (shown) => {
    const root = document.documentElement;
    const drawn = [...shown().map(({ element }) => element), ...document.querySelectorAll('svg, img, canvas, button')];
    return {
      frame: innerHeight,
      hiddenBelow: root.scrollHeight - root.clientHeight,
      hiddenAside: root.scrollWidth - root.clientWidth,
      emptyBelow: innerHeight - Math.max(0, ...drawn.map((element) => element.getBoundingClientRect().bottom)),
    };
  });
}

/**
 * What is on the screen at `locator`: the brightness (0 to 1) of its most frequent colour, which is its background, and
 * the share of pixels that clearly differ from it.
 */
export async function pixels({ page }, locator) {
  const png = await locator.screenshot();
  return page.evaluate(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const colours = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const colour = data.slice(i, i + 3).join();
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    const [[background]] = [...colours].sort(([, a], [, b]) => b - a);
    const ground = background.split(',').map(Number);
    let ink = 0;
    for (const [colour, count] of colours) {
      const distance = colour.split(',').reduce((sum, value, i) => sum + Math.abs(value - ground[i]), 0);
      if (distance > 60) ink += count;
    }
    return { brightness: (ground[0] + ground[1] + ground[2]) / 765, ink: ink / (data.length / 4) };
  }, png.toString('base64'));
}

/** The least readable text on the screen: its contrast by WCAG 2 (1 to 21) and its words. */
export async function faintest(widget) {
  const behind = await widget.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  return ask(widget, (shown, hostBackground) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    // A canvas understands every colour syntax and blends translucent ones.
    const blend = (layers) => {
      for (const layer of layers) {
        context.fillStyle = layer;
        context.fillRect(0, 0, 1, 1);
      }
      return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = (rgb) => {
      const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    // What cannot be used need not be as readable.
    const usable = shown().filter(({ element }) => !element.closest(':disabled'));
    const contrasts = usable.map(({ data, element }) => {
      const layers = [];
      for (let node = element; node; node = node.parentElement) layers.unshift(getComputedStyle(node).backgroundColor);
      const { fill, color } = getComputedStyle(element);
      const ground = [hostBackground, ...layers];
      const [a, b] = [blend(ground), blend([...ground, element instanceof SVGElement ? fill : color])].map(luminance);
      return { contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), words: data.trim() };
    });
    return contrasts.sort((a, b) => a.contrast - b.contrast)[0];
  }, behind);
}

// Asks in the frame. The question gets `shownText` first: what runs there can call nothing that is defined here.
function ask({ frame }, question, ...args) {
  return frame.evaluate(`(${question})(${[shownText, ...args.map((arg) => JSON.stringify(arg))].join()})`);
}

// Every text that can be seen, with its element. What is only there for screen readers is clipped to a pixel.
function shownText() {
  const clipped = (element) =>
    element && ((element.clientWidth === 1 && element.clientHeight === 1) || clipped(element.parentElement));
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: element } = walker.currentNode;
    const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const shown = visible && element.getClientRects().length > 0 && !clipped(element);
    if (shown && data.trim()) found.push({ data, element });
  }
  return found;
}
