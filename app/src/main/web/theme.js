// Runs before the first paint, so that a remembered theme does not flash. A classic script: modules are deferred.
(() => {
  try {
    const theme = localStorage.getItem("sluice-theme");
    if (theme === "light" || theme === "dark") {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // Storage may be forbidden; the system's choice stands then.
  }
})();
