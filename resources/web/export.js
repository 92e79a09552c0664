// The exported file's side of the map: the plan stands in the page itself.
(function () {
  'use strict';
  const data = JSON.parse(document.getElementById('plan').textContent);
  const map = window.L.map('map', {
    center: [50, 5], zoom: 5, zoomControl: false, attributionControl: false,
    preferCanvas: true, zoomSnap: 0.25, zoomDelta: 0.5
  });
  const view = new window.LastmilePlanView(map, {
    clickedOrder: function (key) { view.select(key, null); },
    clickedRoute: function (id) { view.select(null, id); },
    clickedNothing: function () { view.select(null, null); }
  });
  window.lastmile = view;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  function dress() {
    const scheme = dark.matches ? 'dark' : 'light';
    view.paintWith(data.palette[scheme], scheme);
  }
  view.frame.addLegend(data.title, data.subtitle, data.legend);
  dark.addEventListener('change', dress);
  dress();
  if (data.ground) { view.ground.still(data.ground); }
  view.show(data, true);
})();
