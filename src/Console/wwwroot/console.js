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

// Preferences are cookies of this console only; the page is asked for again so that every part of it agrees.
export function prefer(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`;
  location.reload();
}
