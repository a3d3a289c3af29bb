// `node drawn.mjs URL TOOL TEXT`: opens the page of a `dev` that runs, calls a tool there, and ends once its widget shows that text.

import { launch } from '../host.mjs';

const [url, tool, text] = process.argv.slice(2);
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(`${url}?tool=${tool}`);
  await page.getByRole('button', { name: 'Run' }).click();
  await page.frameLocator('#frame iframe:not(.coming)').getByText(text).first().waitFor();
} finally {
  await browser.close();
}
