// Draws a day's plan on a Leaflet map. Used by the window's live page and by the exported file alike.
//
// All text is drawn by textContent or on a canvas: whatever a sheet holds stays text.
(function () {
  'use strict';
  const L = window.L;
  const Marks = window.LastmileMarks;
  const TAU = 2 * Math.PI;
  const DIM = 0.22;
  const BIG = 11;
  const SMALL = 4.5;

  // How far apart marks are, in pixels: the middle of their distances to their nearest neighbours, doubled. A town
  // with villages around it is judged by the town. Many marks are judged by a sample.
  function roomOf(points) {
    const step = Math.max(1, Math.floor(points.length / 150));
    const nearest = [];
    for (let at = 0; at < points.length; at += step) {
      let least = Infinity;
      points.forEach((other) => {
        const apart = points[at].distanceTo(other);
        if (apart > 0.5 && apart < least) { least = apart; }
      });
      nearest.push(least);
    }
    nearest.sort((a, b) => a - b);
    return 2 * nearest[Math.floor(nearest.length / 2)];
  }

  function PlanView(map, told) {
    this.map = map;
    this.told = told || {};
    this.scheme = 'light';
    this.theme = {
      ground: '#EEF1F4', grid: '#D5DBE2', surface: '#FFFFFF', border: '#D9DEE5', text: '#1A2230',
      muted: '#5A6676', accent: '#1F5FBF', danger: '#B3261E', warning: '#8A5A00'
    };
    this.labels = {};
    this.routes = new Map();
    this.hidden = new Set();
    this.left = [];
    this.depots = [];
    this.order = null;
    this.vehicle = null;
    this.boldRoute = null;
    this.placing = false;
    this.pin = null;
    this.wanted = null;
    this.fitted = false;
    this.radius = BIG;
    this.renderer = L.canvas({ padding: 0.3, tolerance: 4 });
    this.frame = new window.LastmileFrame(this);
    this.ground = new window.LastmileGround(this);
    this.watch();
  }

  PlanView.prototype = {
    watch: function () {
      const map = this.map;
      map.on('zoomend resize', () => { this.resize(); });
      map.on('click', (event) => {
        if (this.placing) {
          const place = event.latlng.wrap();
          this.tell('placed', place.lat, place.lng);
        } else {
          this.tell('clickedNothing');
        }
      });
      document.addEventListener('contextmenu', (event) => { event.preventDefault(); });
      document.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') { this.tell(this.placing ? 'placingCancelled' : 'clickedNothing'); }
      });
      new ResizeObserver(() => {
        map.invalidateSize({ animate: false });
        if (!this.fitted) { this.fit(); }
      }).observe(map.getContainer());
    },

    tell: function (what) {
      if (this.told[what]) { this.told[what].apply(null, Array.prototype.slice.call(arguments, 1)); }
    },

    // Takes the place of all that is drawn. The person's zoom stays, but for the first plan or on request.
    show: function (plan, refit) {
      Array.from(this.routes.keys()).forEach((id) => { this.dropRoute(id); });
      plan.routes.forEach((route) => { this.addRoute(route); });
      this.showRest(plan);
      // Who places an order or draws a box is not to be carried away.
      if (refit && !this.placing) { this.fitted = false; }
      if (!this.fitted) { this.fit(); }
    },

    change: function (change) {
      change.removed.forEach((id) => { this.dropRoute(id); });
      change.routes.forEach((route) => { this.dropRoute(route.id); this.addRoute(route); });
      this.showRest(change.rest);
      if (!this.fitted) { this.fit(); }
    },

    showRest: function (rest) {
      if (rest) {
        this.labels = rest.labels;
        this.left.concat(this.depots).forEach((mark) => { mark.remove(); });
        this.left = rest.unassigned.map((left) => this.leftMark(left));
        this.depots = rest.depots.map((depot) => this.depotMark(depot));
        this.frame.labels(rest);
      }
      this.spread();
      this.resize();
      this.stack();
      this.frame.empty(this.bounds() === null);
    },

    addRoute: function (route) {
      const lines = [];
      const legs = [route.out, route.back].filter((leg) => leg.length > 1);
      if (legs.length) { lines.push(this.way(route, legs, true)); }
      if (route.points.length > 1) { lines.push(this.way(route, [route.points], false)); }
      const stops = route.stops.map((stop) => this.stopMark(route, stop));
      this.routes.set(route.id, { route: route, lines: lines, stops: stops });
      if (!this.hidden.has(route.id)) {
        lines.concat(stops).forEach((layer) => { layer.addTo(this.map); });
      }
    },

    dropRoute: function (id) {
      const old = this.routes.get(id);
      if (!old) { return; }
      old.lines.concat(old.stops).forEach((layer) => { layer.remove(); });
      this.routes.delete(id);
    },

    hide: function (id, isHidden) {
      this.hidden[isHidden ? 'add' : 'delete'](id);
      const parts = this.routes.get(id);
      if (!parts) { return; }
      parts.lines.concat(parts.stops).forEach((layer) => {
        if (isHidden) { layer.remove(); } else { layer.addTo(this.map); }
      });
      this.stack();
    },

    way: function (route, legs, toDepot) {
      const way = new Marks.Way(legs, {
        renderer: this.renderer, weight: 8, smoothFactor: toDepot ? 1 : 0, bubblingMouseEvents: false
      });
      way.view = this;
      way.route = route;
      way.toDepot = toDepot;
      way.on('click', (event) => { this.clicked(event, () => { this.tell('clickedRoute', route.id); }); });
      way.bindTooltip(() => this.frame.lines([route.name, route.driver,
        route.stops.length + ' ' + this.labels.stops]), { sticky: true, className: 'lm-tip' });
      return way;
    },

    mark: function (Kind, item, radius, reach) {
      const mark = new Kind([item.lat, item.lon], {
        renderer: this.renderer, radius: radius, reach: reach, bubblingMouseEvents: false
      });
      mark.view = this;
      return mark;
    },

    stopMark: function (route, stop) {
      const mark = this.mark(Marks.Stop, stop, this.radius);
      mark.route = route;
      mark.stop = stop;
      mark.on('click', (event) => { this.clicked(event, () => { this.tell('clickedOrder', stop.key); }); });
      mark.bindTooltip(() => this.frame.stopTip(route, stop),
        { direction: 'top', offset: [0, -10], className: 'lm-tip' });
      return mark;
    },

    leftMark: function (left) {
      const mark = this.mark(Marks.LeftOut, left, Math.max(this.radius - 1, SMALL));
      mark.left = left;
      mark.on('click', (event) => { this.clicked(event, () => { this.tell('clickedOrder', left.key); }); });
      mark.bindTooltip(() => this.frame.leftTip(left),
        { direction: 'top', offset: [0, -10], className: 'lm-tip' });
      return mark.addTo(this.map);
    },

    depotMark: function (depot) {
      const mark = this.mark(Marks.Depot, depot, 14, 56);
      mark.depot = depot;
      mark.on('click', (event) => { this.clicked(event, () => { this.tell('clickedNothing'); }); });
      mark.bindTooltip(() => this.frame.lines([depot.name, this.labels.depot]),
        { direction: 'top', offset: [0, -12], className: 'lm-tip' });
      return mark.addTo(this.map);
    },

    clicked: function (event, otherwise) {
      if (this.placing) { this.map.fire('click', { latlng: event.latlng }); } else { otherwise(); }
    },

    // ---- looks

    isChosen: function (keys) { return this.order !== null && keys.indexOf(this.order) >= 0; },
    isBold: function (id) { return this.boldRoute !== null && this.boldRoute === id; },
    alphaOf: function (id) { return this.boldRoute === null || this.boldRoute === id ? 1 : DIM; },

    select: function (order, vehicle) {
      this.order = order;
      this.vehicle = vehicle;
      this.stack();
    },

    // Lines lie below all stops; the selected route above the others, the selected stop above all.
    stack: function () {
      this.boldRoute = this.vehicle;
      if (this.order !== null) {
        this.routes.forEach((parts, id) => {
          if (parts.stops.some((mark) => this.isChosen(mark.stop.keys))) { this.boldRoute = id; }
        });
      }
      const bold = this.routes.get(this.boldRoute);
      if (!bold) { this.boldRoute = null; }
      if (bold) { bold.lines.slice().reverse().forEach((line) => { line.bringToBack(); }); }
      this.routes.forEach((parts) => {
        if (parts !== bold) { parts.lines.slice().reverse().forEach((line) => { line.bringToBack(); }); }
      });
      this.left.forEach((mark) => { mark.bringToFront(); });
      if (bold) { bold.stops.forEach((mark) => { mark.bringToFront(); }); }
      this.depots.forEach((mark) => { mark.bringToFront(); });
      this.everyMark((mark) => {
        const keys = mark.stop ? mark.stop.keys : [mark.left.key];
        if (this.isChosen(keys)) { mark.bringToFront(); }
      });
      this.repaint();
    },

    everyMark: function (act) {
      this.routes.forEach((parts) => { parts.stops.forEach(act); });
      this.left.forEach(act);
    },

    repaint: function () {
      if (this.repainting) { return; }
      this.repainting = true;
      requestAnimationFrame(() => {
        this.repainting = false;
        if (!this.renderer._ctx || !this.renderer._map) { return; }
        this.renderer._redrawBounds = null;
        this.renderer._redraw();
      });
    },

    // Numbers where there is room for them, dots where there is not.
    resize: function () {
      const size = this.map.getSize();
      const seen = this.map.getBounds();
      const points = [];
      this.everyMark((mark) => {
        if (seen.contains(mark.getLatLng())) { points.push(this.map.latLngToContainerPoint(mark.getLatLng())); }
      });
      if (!points.length || !size.x) { return; }
      const radius = points.length === 1 ? BIG
        : Math.max(SMALL, Math.min(BIG, Math.round(roomOf(points) * 0.36)));
      if (radius !== this.radius) {
        this.radius = radius;
        this.spread();
        this.everyMark((mark) => { mark.setRadius(mark.stop ? radius : Math.max(radius - 1, SMALL)); });
      }
    },

    // Orders of one house would hide each other: they are set around it.
    spread: function () {
      const places = new Map();
      this.everyMark((mark) => {
        const item = mark.stop || mark.left;
        const place = item.lat.toFixed(5) + ' ' + item.lon.toFixed(5);
        if (!places.has(place)) { places.set(place, []); }
        places.get(place).push(mark);
      });
      places.forEach((marks) => {
        marks.forEach((mark, at) => {
          const turn = TAU * at / marks.length - TAU / 4;
          const away = Math.max(this.radius, this.radius * marks.length / 3);
          const shift = marks.length > 1 ? [Math.cos(turn) * away, Math.sin(turn) * away] : null;
          if (String(shift) !== String(mark.shift || null)) {
            mark.shift = shift;
            if (mark._map) { mark.redraw(); }
          }
        });
      });
    },

    // ---- where to look

    bounds: function () {
      const places = [];
      this.everyMark((mark) => { places.push(mark.getLatLng()); });
      this.depots.forEach((mark) => { places.push(mark.getLatLng()); });
      return places.length ? L.latLngBounds(places) : null;
    },

    // `wanted`: what a box is being drawn around.
    fit: function () { this.lookAt(this.wanted || this.bounds()); },

    fitSelection: function () {
      const bold = this.routes.get(this.boldRoute);
      const places = [];
      this.everyMark((mark) => {
        if (this.isChosen(mark.stop ? mark.stop.keys : [mark.left.key])) { places.push(mark.getLatLng()); }
      });
      if (!places.length && bold) { bold.stops.forEach((mark) => { places.push(mark.getLatLng()); }); }
      if (places.length === 1) {
        this.map.setView(places[0], Math.max(this.map.getZoom(), 13), { animate: false });
      } else if (places.length) {
        this.lookAt(L.latLngBounds(places));
      }
    },

    lookAt: function (bounds) {
      const size = this.map.getSize();
      if (!bounds || size.x < 40 || size.y < 40) { return; }
      const covered = this.frame.covered();
      this.map.fitBounds(bounds, {
        paddingTopLeft: [36 + covered[0], 36 + covered[1]], paddingBottomRight: [56, 48], maxZoom: 15, animate: false
      });
      this.fitted = true;
    },

    paintWith: function (theme, scheme) {
      this.theme = theme;
      const turned = this.scheme !== scheme;
      this.scheme = scheme;
      if (turned) { this.ground.dress(); }
      Object.keys(theme).forEach((name) => {
        document.documentElement.style.setProperty('--' + name, theme[name]);
      });
      document.documentElement.style.setProperty('color-scheme', scheme);
      this.frame.grid.draw();
      this.frame.repaint();
      this.repaint();
    },

    // `at` is where the order is now ([lat, lon] or null): a pin there can be dragged to the right door.
    place: function (label, at) {
      this.placing = label !== null;
      this.frame.placing(label, Boolean(at));
      if (this.pin) { this.pin.remove(); this.pin = null; }
      if (label === null || !at) { return; }
      const icon = L.divIcon({ className: 'lm-pin', html: '<i></i>', iconSize: [26, 26], iconAnchor: [13, 31] });
      this.pin = L.marker(at, { icon: icon, draggable: true, autoPan: true, keyboard: false }).addTo(this.map);
      this.pin.on('dragend', () => {
        const place = this.pin.getLatLng().wrap();
        this.tell('placed', place.lat, place.lng);
      });
      // A door is not found on a map of the whole county.
      if (this.map.getZoom() < 15 || !this.map.getBounds().pad(-0.1).contains(at)) {
        this.map.setView(at, Math.max(this.map.getZoom(), 16), { animate: false });
      }
    },

    counts: function () {
      let stops = 0;
      this.routes.forEach((parts) => { stops += parts.stops.length; });
      return { routes: this.routes.size, stops: stops, unassigned: this.left.length, depots: this.depots.length };
    },

    pixelOf: function (key) {
      let found = null;
      this.everyMark((mark) => {
        const keys = mark.stop ? mark.stop.keys : [mark.left.key];
        if (keys.indexOf(key) >= 0 && mark._point) {
          found = this.map.layerPointToContainerPoint(mark._point);
        }
      });
      return found;
    }
  };

  window.LastmilePlanView = PlanView;
})();
