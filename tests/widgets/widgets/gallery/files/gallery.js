import { words } from './words.js';

chatui.on('data', ({ pictures }) => {
  document.getElementById('drawn').textContent = words(pictures);
});
