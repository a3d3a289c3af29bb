// A template's script in TypeScript. Each line under `@ts-expect-error` is a mistake, and has to be refused.

import type { Dashboard, EnhancedExample, Widget } from './types/enhanced_example.js';

const chatui = window.chatui as Widget;

chatui.on('data', (data) => {
  const value: number = data.value + data.usual;
  const measure: 'high' | 'low' | 'rain' | 'wet_days' = data.measure;
  // @ts-expect-error: a year is a number
  const year: string = data.year;
  console.log(value, measure, year);
});
// @ts-expect-error: there may be no answer yet
console.log(chatui.data.year);
console.log(chatui.data?.year.toFixed(), chatui.input?.measure, chatui.status === 'loading');
// @ts-expect-error: no such argument
console.log(chatui.input?.month);

const shown: EnhancedExample = await chatui.call('show_enhanced_example', { year: 2014, measure: 'rain' });
const other: Dashboard = await chatui.call('show_dashboard');
const { result } = await chatui.call('list_widgets', {});
const titles: string[] = result.map((listed) => listed.title);
console.log(shown.year, other.days, titles);

// @ts-expect-error: no such tool
await chatui.call('show_enhanced_exmaple', { year: 2014 });
// @ts-expect-error: a year is a number
await chatui.call('show_enhanced_example', { year: '2014' });
// @ts-expect-error: no such measure
await chatui.call('show_enhanced_example', { measure: 'snow' });
// @ts-expect-error: no such argument
await chatui.call('show_enhanced_example', { month: 1 });
// @ts-expect-error: it takes none
await chatui.call('list_widgets', { page: 1 });
// @ts-expect-error: a list is wrapped, because the protocol wants objects
(await chatui.call('list_widgets')).map(String);
// @ts-expect-error: no such event
chatui.on('date', () => {});
