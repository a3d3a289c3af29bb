// @ts-check
// A template's script as most are written: JavaScript, with the cast that chatui.d.ts documents.

const chatui = /** @type {import('./types/dashboard').Widget} */ (window.chatui);

const stop = chatui.on('data', (data) => {
  document.title = data.title.trim();
  // @ts-expect-error: a number of days
  document.title = data.days;
});
stop();
chatui.call('show_dashboard', { by: 'week' }).then((shown) => shown.mean.toFixed(1));
// @ts-expect-error: no such step
chatui.call('show_dashboard', { by: 'day' });
// @ts-expect-error: no such tool
chatui.call('show_dashbord');

export {};
