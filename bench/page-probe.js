// Part of the benchmark that runs inside the page, before anything of the page does: what happens there is timed by the
// page's own clock, so that talking to the browser costs nothing of what is measured.
globalThis.probe = (() => {
  const probe = { shift: 0, shiftAfterInput: 0 };

  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) {
      if (hadRecentInput) probe.shiftAfterInput += value;
      else probe.shift += value;
    }
  }).observe({ type: 'layout-shift', buffered: true });

  /** Resolves once the condition holds and has been drawn, with the time of that frame. */
  function drawn(condition) {
    return new Promise((resolve) => {
      const look = () => requestAnimationFrame(condition() ? () => resolve(performance.now()) : look);
      look();
    });
  }

  /** Whether the first card answers an arrow key: it gives the focus to the one below. */
  function reacts() {
    const first = document.querySelector('[data-deal] a[href]');
    if (!first) return false;
    probe.touchedAt ??= performance.now();
    first.focus();
    first.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
    return document.activeElement !== first && document.activeElement?.closest('[data-deal]') !== null;
  }

  function totals() {
    const shown = document.querySelectorAll('[role=group][aria-label="Open deals"], [data-stage] header');
    return [...shown].map(({ textContent }) => textContent).join('\n');
  }

  probe.usable = drawn(reacts);

  /** Milliseconds from the next click until other totals are drawn. */
  probe.awaitFilter = () => {
    const before = totals();
    probe.filtered = new Promise((resolve) => {
      const onClick = async ({ timeStamp }) => {
        resolve((await drawn(() => totals() !== before)) - timeStamp);
      };
      document.addEventListener('click', (event) => void onClick(event), { once: true, capture: true });
    });
  };

  /** Notes the time of every frame until asked for them. */
  probe.watchFrames = () => {
    const times = [];
    let handle = 0;
    const note = (time) => {
      times.push(time);
      handle = requestAnimationFrame(note);
    };
    handle = requestAnimationFrame(note);
    probe.frames = () => {
      cancelAnimationFrame(handle);
      return times;
    };
  };

  probe.scrolled = () =>
    [...document.querySelectorAll('[data-rfd-droppable-id^="stage:"]')].map(({ scrollTop }) => scrollTop);

  /** Bytes, as they were transferred, of the scripts that came by themselves: the focus on a card fetches the page of a deal. */
  probe.scriptBytes = () =>
    performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => new URL(name).pathname.endsWith('.js') && startTime < probe.touchedAt)
      .reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0);

  return probe;
})();
