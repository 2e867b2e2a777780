// Runs before the first paint so that a dark page does not flash white; a file, not an inline
// script, so that the content security policy can forbid those.
(function () {
  var chosen = 'auto';
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value') || 'auto';
  } catch (_) {
    // Storage may be forbidden; the system's choice is good enough.
  }
  var dark =
    chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
