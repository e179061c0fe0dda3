// Arc Core's only script. Without it every page works; with it the list of calls refreshes by itself and rows can be
// walked with the keyboard.
'use strict';
(() => {
  const REFRESH_EVERY_MS = 2000;

  const rowLinks = () => [...document.querySelectorAll('tr[data-row] th a')];

  // ---- keyboard -------------------------------------------------------------------------------------------------

  const isTyping = (target) =>
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

  const step = (offset) => {
    const links = rowLinks();
    if (links.length === 0) return;
    const row = document.activeElement?.closest('tr[data-row]');
    const at = links.findIndex((link) => row?.contains(link));
    const next = at < 0 ? (offset > 0 ? 0 : links.length - 1) : at + offset;
    links[Math.min(Math.max(next, 0), links.length - 1)].focus();
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const search = document.querySelector('input[type=search]');
    if (event.key === 'j') step(1);
    else if (event.key === 'k') step(-1);
    else if (event.key === '/' && search) search.focus();
    else return;
    event.preventDefault();
  });

  // ---- live refresh ---------------------------------------------------------------------------------------------

  const live = document.getElementById('live');
  if (!live) return;
  const toggle = document.getElementById('live-toggle');
  const status = document.getElementById('live-status');
  let paused = false;
  live.hidden = false;
  status.textContent = 'Updating every 2 seconds.';

  toggle.addEventListener('click', () => {
    paused = !paused;
    toggle.setAttribute('aria-pressed', String(paused));
    status.textContent = paused ? 'Updates are paused.' : 'Updating every 2 seconds.';
  });

  const hrefs = () => new Set(rowLinks().map((link) => link.getAttribute('href')));

  // Swaps the list in place and keeps the focus on the same call.
  const replace = (page) => {
    const known = hrefs();
    const focused = document.activeElement?.closest('#calls a')?.getAttribute('href');
    const left = document.querySelector('#calls .scroll')?.scrollLeft ?? 0;
    for (const id of ['calls', 'totals']) {
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id)?.replaceWith(document.adoptNode(fresh));
    }
    const added = rowLinks().filter((link) => !known.has(link.getAttribute('href')));
    for (const link of added) link.closest('tr').classList.add('new');
    const scroll = document.querySelector('#calls .scroll');
    if (scroll) scroll.scrollLeft = left;
    if (focused)
      document.querySelector(`#calls a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    return added.length;
  };

  const refresh = async () => {
    if (paused || document.hidden) return;
    try {
      const response = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (paused) return;
      const added = replace(page);
      if (added > 0) status.textContent = added === 1 ? '1 new call.' : `${added} new calls.`;
      else if (status.textContent.startsWith('Arc Core')) status.textContent = 'Updating every 2 seconds.';
    } catch {
      const lost = 'Arc Core does not answer; trying again.';
      if (status.textContent !== lost) status.textContent = lost;
    }
  };

  const loop = () => setTimeout(() => refresh().finally(loop), REFRESH_EVERY_MS);
  loop();
})();
