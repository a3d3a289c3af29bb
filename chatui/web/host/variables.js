// The 76 variables of MCP Apps (2026-01-26, "Theming") as a host fills them; colours are [light, dark].

const COLOURS = {
  'background-primary': ['#ffffff', '#212121'],
  'background-secondary': ['#f4f4f4', '#2f2f2f'],
  'background-tertiary': ['#ececec', '#3d3d3d'],
  'background-inverse': ['#0d0d0d', '#f3f3f3'],
  'background-ghost': ['#00000000', '#00000000'],
  'background-info': ['#e5f0ff', '#13304f'],
  'background-danger': ['#ffe9e7', '#4d1f1c'],
  'background-success': ['#e3f6ea', '#123a26'],
  'background-warning': ['#fff1d9', '#452f0b'],
  'background-disabled': ['#f4f4f4', '#2f2f2f'],
  'text-primary': ['#0d0d0d', '#f3f3f3'],
  'text-secondary': ['#5d5d5d', '#b4b4b4'],
  'text-tertiary': ['#6b6b6b', '#a6a6a6'],
  'text-inverse': ['#ffffff', '#0d0d0d'],
  'text-ghost': ['#5d5d5d', '#b4b4b4'],
  'text-info': ['#0b5fb5', '#8ec4ff'],
  'text-danger': ['#b42318', '#ffa8a0'],
  'text-success': ['#136b3a', '#86d9a6'],
  'text-warning': ['#8a4f00', '#f3c06c'],
  'text-disabled': ['#6b6b6b', '#a6a6a6'],
  'border-primary': ['#8f8f8f', '#7a7a7a'],
  'border-secondary': ['#d4d4d4', '#4d4d4d'],
  'border-tertiary': ['#e6e6e6', '#3a3a3a'],
  'border-inverse': ['#0d0d0d', '#f3f3f3'],
  'border-ghost': ['#00000000', '#00000000'],
  'border-info': ['#0b5fb5', '#8ec4ff'],
  'border-danger': ['#b42318', '#ffa8a0'],
  'border-success': ['#136b3a', '#86d9a6'],
  'border-warning': ['#8a4f00', '#f3c06c'],
  'border-disabled': ['#e6e6e6', '#3a3a3a'],
  'ring-primary': ['#0b5fb5', '#8ec4ff'],
  'ring-secondary': ['#8f8f8f', '#7a7a7a'],
  'ring-inverse': ['#ffffff', '#0d0d0d'],
  'ring-info': ['#0b5fb5', '#8ec4ff'],
  'ring-danger': ['#b42318', '#ffa8a0'],
  'ring-success': ['#136b3a', '#86d9a6'],
  'ring-warning': ['#8a4f00', '#f3c06c'],
};

const TEXT = { xs: [12, 16], sm: [14, 20], md: [16, 24], lg: [18, 28] };
const HEADING = { xs: [12, 16], sm: [14, 20], md: [16, 24], lg: [20, 26], xl: [24, 30], '2xl': [30, 38], '3xl': [36, 44] };
const REST = {
  '--font-sans': 'ui-sans-serif, system-ui, sans-serif',
  '--font-mono': 'ui-monospace, Menlo, Consolas, monospace',
  '--font-weight-normal': '400',
  '--font-weight-medium': '500',
  '--font-weight-semibold': '600',
  '--font-weight-bold': '700',
  '--border-radius-xs': '4px',
  '--border-radius-sm': '6px',
  '--border-radius-md': '8px',
  '--border-radius-lg': '12px',
  '--border-radius-xl': '16px',
  '--border-radius-full': '9999px',
  '--border-width-regular': '1px',
  '--shadow-hairline': '0 0 0 1px #0000001a',
  '--shadow-sm': '0 1px 2px #0000001a',
  '--shadow-md': '0 2px 8px #0000001f',
  '--shadow-lg': '0 8px 24px #00000029',
};

/** The variables for a theme: each with its value in it (`plain`), or with both (`light-dark`). */
export function variables(styles, theme) {
  const colour = ([light, dark]) => (styles === 'light-dark' ? `light-dark(${light}, ${dark})` : theme === 'dark' ? dark : light);
  const all = { ...REST };
  for (const [name, pair] of Object.entries(COLOURS)) all[`--color-${name}`] = colour(pair);
  for (const [kind, sizes] of Object.entries({ text: TEXT, heading: HEADING })) {
    for (const [name, [size, height]] of Object.entries(sizes)) {
      all[`--font-${kind}-${name}-size`] = styles === 'light-dark' ? `${size}px` : `${size / 16}rem`;
      all[`--font-${kind}-${name}-line-height`] = `${height / size}`.slice(0, 6);
    }
  }
  return all;
}
