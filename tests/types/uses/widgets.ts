// Names and members that are hard to write, and a widget whose fields are all known.

import type { Areas, Marker, Record2, Widget as MapWidget } from './types/map-card.js';
import type { Widget } from './types/widget.js';

const map = window.chatui as MapWidget;
const widget = window.chatui as Widget;

const { data, input } = map;
if (data) {
  const [first, second] = data.corners[0]!;
  const seen: Record<string, { lon: number }> = data['first-seen'];
  const deep: Areas | undefined = data.areas['a']?.['b']?.['c'];
  console.log(data.theMiddle.lat, data.zoom ?? 3, first.label, second.lon, seen, deep);
  // @ts-expect-error: no such field
  console.log(data.middle);
  // @ts-expect-error: it may be null
  data.zoom.toFixed();
}
input?.['place-name']?.trim();
input?.at?.lon.toFixed();

export function url(marker: Marker): string {
  switch (marker.kind) {
    case 'Face':
      const face: Record2 = marker;
      return face.url;
    case 'Flag':
      return marker.colour;
    case 'it\'s "none"':
      // @ts-expect-error: nothing has no colour
      return marker.colour;
  }
}

const text: string = await map.call('how-is-it-going');
await map.call('show_map', { at: { lon: 1, lat: 2 } });
await map.call('show_map', { at: { lon: 1, lat: 2, label: 'here' }, zoom: 5 });
// @ts-expect-error: absent is left out
await map.call('show_map', { at: { lon: 1, lat: 2, label: null } });
// @ts-expect-error: a step is 1, 2 or 5
await map.call('snap', { to: { x: 1, y: 2 }, step: 3 });
// @ts-expect-error: for the model only
await map.call('find', { 'place-name': 'Bern' });
const { count } = await widget.call('count');
console.log(text, count.toFixed(), widget.data?.count);
