// Keys for the whole window, for pages that take them. While the operator types nothing is a command except Escape; Enter and Space on a link or button stay theirs.
const commands = new Set(['j', 'k', 'a', 'l', 'c', 'u', 'o', 'r', 'd', 'w', '?', '1', '2', '3', '4', '5', '6',
  'ArrowDown', 'ArrowUp', 'Enter', 'Escape']);

export function listen(owner) {
  const press = event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (!commands.has(event.key) || !document.querySelector('[data-page-keys]')) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (document.querySelector('.rz-dialog-wrapper')) return;
    const typing = target.closest('input, textarea, select, [contenteditable="true"]');
    if (typing && event.key !== 'Escape') return;
    if (event.key === 'Enter' && target.closest('a, button, summary')) return;
    if (target.closest('video, audio') && event.key.startsWith('Arrow')) return;
    event.preventDefault();
    if (typing) target.blur();
    // A held key must not act again and again; moving may.
    if (event.repeat && !['j', 'k', 'ArrowDown', 'ArrowUp'].includes(event.key)) return;
    owner.invokeMethodAsync('PressAsync', event.key);
  };
  document.addEventListener('keydown', press);
  document.body.dataset.keys = 'on'; // from here on keys are heard
  return {
    stop: () => {
      document.removeEventListener('keydown', press);
      delete document.body.dataset.keys;
    },
  };
}

export function reveal(selector) {
  document.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
}

// The first of the boxes that are there, unless somebody is in one already.
export function focusFirst(room, boxes) {
  const place = document.querySelector(room);
  if (place && !place.contains(document.activeElement)) place.querySelector(boxes)?.focus();
}

// Preferences are cookies of this console only; the page is asked for again so that every part of it agrees.
export function prefer(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`;
  location.reload();
}

// A stretch of a chart, drawn with the pointer: its ends from 0 to 1 between the plot's own edges, which are parts of the picture's width.
export function chooseRange(figure, owner, left, right) {
  const svg = figure.querySelector('svg');
  let from = null;
  const place = event => {
    const box = svg.getBoundingClientRect();
    return Math.min(1, Math.max(0, ((event.clientX - box.left) / box.width - left) / (right - left)));
  };
  const show = (a, b) => {
    const mark = svg.querySelector('.choosing');
    const width = svg.viewBox.baseVal.width;
    const at = part => (left + part * (right - left)) * width;
    mark.setAttribute('x', at(Math.min(a, b)));
    mark.setAttribute('width', Math.abs(at(b) - at(a)));
  };
  const down = event => {
    if (event.button !== 0) return;
    from = place(event);
  };
  const move = event => {
    if (from === null) return;
    if (Math.abs(place(event) - from) > 0.01) svg.setPointerCapture(event.pointerId);
    show(from, place(event));
  };
  const up = event => {
    if (from === null) return;
    const [first, last] = [from, place(event)];
    from = null;
    show(0, 0);
    // A click is no stretch: it belongs to the episode under it.
    if (Math.abs(last - first) > 0.01) owner.invokeMethodAsync('ChooseAsync', first, last);
  };
  const leave = () => { from = null; show(0, 0); };
  const still = event => event.preventDefault();
  const events = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: leave, dragstart: still };
  for (const [name, heard] of Object.entries(events)) svg.addEventListener(name, heard);
  figure.dataset.choosing = 'on'; // from here on the pointer is heard
  return { stop: () => { for (const [name, heard] of Object.entries(events)) svg.removeEventListener(name, heard); } };
}
