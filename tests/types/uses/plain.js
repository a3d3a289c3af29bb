// @ts-check
/// <reference path="./types/chatui.d.ts" />
// A script without a cast: the bridge itself is known, and the data are anything.

chatui.on('theme', (theme) => {
  document.body.className = theme;
});
chatui.call('whatever', { it: 'takes' }).then((output) => output.of.any.kind);
// @ts-expect-error: no such function
chatui.cal('whatever');
// @ts-expect-error: no such mode
chatui.display('full');
