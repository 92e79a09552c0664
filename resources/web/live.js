// The window's side of the map: hears from the program over a QWebChannel, answers with ids only.
(function () {
  'use strict';
  const COLLECT_EVERY = 25;

  new QWebChannel(qt.webChannelTransport, function (channel) {
    const bridge = channel.objects.bridge;
    const map = window[document.querySelector('.folium-map').id];
    let updates = 0;

    const view = new window.LastmilePlanView(map, {
      clickedOrder: function (key) { bridge.clicked(key); },
      clickedRoute: function (id) { bridge.route_clicked_on(id); },
      clickedNothing: function () { bridge.nothing_clicked(); },
      placed: function (lat, lon) { bridge.map_clicked(lat, lon); },
      areaDrawn: function (south, west, north, east) { bridge.box_drawn(south, west, north, east); },
      placingCancelled: function () { bridge.placing_cancelled(); }
    });
    view.area = new window.LastmileArea(view);
    window.lastmile = view;

    // Qt's renderer never collects by itself; without this it grows by a megabyte an update.
    function collect() {
      updates += 1;
      if (updates % COLLECT_EVERY === 0 && typeof window.gc === 'function') { window.gc(); }
    }

    function applied(generation) {
      bridge.applied(generation);
      collect();
      requestAnimationFrame(function () {
        requestAnimationFrame(function () { bridge.drawn(generation); });
      });
    }

    const act = {
      plan: function (message) {
        return fetch('plan.json?view=' + encodeURIComponent(message.view) + '&n=' + message.generation)
          .then(function (answer) { return answer.json(); })
          .then(function (plan) { view.show(plan, message.fit); applied(message.generation); });
      },
      change: function (message) { view.change(message); applied(message.generation); },
      select: function (message) { view.select(message.order, message.vehicle); },
      ground: function (message) { view.ground.set(message.source); },
      theme: function (message) { view.paintWith(message.theme, message.scheme); },
      fit: function () { view.fit(); },
      fit_selection: function () { view.fitSelection(); },
      placing: function (message) { view.place(message.label, message.at || null); },
      drawing: function (message) { view.area.ask(message.words, message.box, message.edge, message.extent); }
    };

    // One message after the other: a change must not overtake the plan that is being fetched.
    let queue = Promise.resolve();
    bridge.pushed.connect(function (text) {
      queue = queue.then(function () {
        const message = JSON.parse(text);
        return act[message.type](message);
      }).catch(function (error) { bridge.failed(String(error)); });
    });
    bridge.page_ready();
  });
})();
