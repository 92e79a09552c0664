// Draws a day's plan on a Leaflet map. Used by the window's live page and by the exported file alike.
//
// All text is drawn by textContent or on a canvas: whatever a sheet holds stays text.
// Overrides of Leaflet methods that start with an underscore belong to the pinned version 1.9.4.
(function () {
  'use strict';
  const L = window.L;
  const TAU = 2 * Math.PI;
  const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
  const DIM = 0.22;
  const BIG = 11;
  const SMALL = 4.5;

  function inkOn(colour) {
    const part = [1, 3, 5].map((at) => {
      const share = parseInt(colour.slice(at, at + 2), 16) / 255;
      return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    });
    const light = 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
    return light > 0.36 ? '#10151d' : '#ffffff';
  }

  function roundedBox(ctx, x, y, width, height, r) {
    ctx.beginPath();
    ctx.moveTo(x + r, y);
    ctx.arcTo(x + width, y, x + width, y + height, r);
    ctx.arcTo(x + width, y + height, x, y + height, r);
    ctx.arcTo(x, y + height, x, y, r);
    ctx.arcTo(x, y, x + width, y, r);
    ctx.closePath();
  }

  function disc(ctx, x, y, r, fill) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, TAU);
    ctx.fillStyle = fill;
    ctx.fill();
  }

  function sign(ctx, text, x, y, size, colour) {
    ctx.font = '700 ' + size + 'px ' + FONT;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y + size * 0.06);
  }

  // ---- symbols -------------------------------------------------------------------------------------

  const Mark = L.CircleMarker.extend({
    // Signs and rings reach beyond the circle: the redrawn box must hold them.
    _updateBounds: function () {
      const reach = this._radius + (this.options.reach || 9);
      const corner = L.point(reach, reach);
      this._pxBounds = new L.Bounds(this._point.subtract(corner), this._point.add(corner));
    },
    _project: function () {
      L.CircleMarker.prototype._project.call(this);
      if (this.shift) {
        this._point = this._point.add(L.point(this.shift[0], this.shift[1]));
        this._updateBounds();
      }
    },
    _updatePath: function () {
      const renderer = this._renderer;
      if (!renderer._drawing || this._empty()) { return; }
      const ctx = renderer._ctx;
      ctx.save();
      this.paint(ctx, this._point.x, this._point.y, this._radius);
      ctx.restore();
    }
  });

  const Stop = Mark.extend({
    paint: function (ctx, x, y, r) {
      const view = this.view;
      const theme = view.theme;
      const stop = this.stop;
      const chosen = view.isChosen(stop.keys);
      const colour = this.route.colour[view.scheme];
      ctx.globalAlpha = view.alphaOf(this.route.id);
      if (chosen) {
        disc(ctx, x, y, r + 6, theme.text);
        disc(ctx, x, y, r + 4, theme.surface);
      }
      disc(ctx, x, y, r + 1.5, chosen ? theme.surface : theme.ground);
      disc(ctx, x, y, r, colour);
      if (r >= 8) {
        const size = stop.number > 99 ? r * 0.86 : r * 1.08;
        sign(ctx, String(stop.number), x, y, size, inkOn(colour));
      }
      if (stop.late > 0) {
        this.badge(ctx, x + r * 0.8, y - r * 0.8, theme.danger, '!');
      }
      if (stop.locked && r >= 8) {
        this.lock(ctx, x - r * 0.85, y + r * 0.75, theme);
      }
    },
    badge: function (ctx, x, y, colour, text) {
      const r = this._radius >= 8 ? 6 : 4;
      disc(ctx, x, y, r + 1.2, this.view.theme.surface);
      disc(ctx, x, y, r, colour);
      sign(ctx, text, x, y, r * 1.6, inkOn(colour));
    },
    lock: function (ctx, x, y, theme) {
      disc(ctx, x, y, 6.4, theme.surface);
      ctx.fillStyle = theme.text;
      ctx.fillRect(x - 3, y - 0.8, 6, 4.4);
      ctx.beginPath();
      ctx.arc(x, y - 0.8, 2, Math.PI, TAU);
      ctx.lineWidth = 1.3;
      ctx.strokeStyle = theme.text;
      ctx.stroke();
    }
  });

  const LeftOut = Mark.extend({
    paint: function (ctx, x, y, r) {
      const view = this.view;
      const theme = view.theme;
      const chosen = view.isChosen([this.left.key]);
      const colour = this.left.reason ? theme.warning : theme.muted;
      ctx.globalAlpha = chosen ? 1 : view.alphaOf(null);
      if (chosen) {
        disc(ctx, x, y, r + 6, theme.text);
        disc(ctx, x, y, r + 4, theme.surface);
      }
      disc(ctx, x, y, r, theme.surface);
      ctx.beginPath();
      ctx.arc(x, y, r - 0.5, 0, TAU);
      ctx.lineWidth = r >= 8 ? 2 : 1.5;
      ctx.strokeStyle = colour;
      ctx.stroke();
      if (this.left.reason && r >= 7) { sign(ctx, '!', x, y, r * 1.25, colour); }
    }
  });

  const Depot = Mark.extend({
    paint: function (ctx, x, y) {
      const theme = this.view.theme;
      ctx.fillStyle = theme.surface;
      roundedBox(ctx, x - 14, y - 14, 28, 28, 8);
      ctx.fill();
      ctx.fillStyle = theme.text;
      roundedBox(ctx, x - 12, y - 12, 24, 24, 6);
      ctx.fill();
      ctx.fillStyle = theme.surface;
      ctx.beginPath();
      ctx.moveTo(x - 7.5, y - 0.5);
      ctx.lineTo(x, y - 7);
      ctx.lineTo(x + 7.5, y - 0.5);
      ctx.lineTo(x + 5.5, y - 0.5);
      ctx.lineTo(x + 5.5, y + 6.5);
      ctx.lineTo(x - 5.5, y + 6.5);
      ctx.lineTo(x - 5.5, y - 0.5);
      ctx.closePath();
      ctx.fill();
      ctx.fillStyle = theme.text;
      ctx.fillRect(x - 2, y + 1.5, 4, 5);
      this.caption(ctx, x, y + 24, theme);
    },
    caption: function (ctx, x, y, theme) {
      const name = this.depot.name || '';
      const text = name.length > 22 ? name.slice(0, 21) + '…' : name;
      ctx.font = '600 12px ' + FONT;
      ctx.textAlign = 'center';
      ctx.textBaseline = 'middle';
      ctx.lineJoin = 'round';
      ctx.lineWidth = 4;
      ctx.strokeStyle = theme.ground;
      ctx.strokeText(text, x, y, 130);
      ctx.fillStyle = theme.text;
      ctx.fillText(text, x, y, 130);
    }
  });

  const Way = L.Polyline.extend({
    _updatePath: function () {
      const renderer = this._renderer;
      if (!renderer._drawing || !this._parts.length) { return; }
      const view = this.view;
      const ctx = renderer._ctx;
      const bold = view.isBold(this.route.id);
      const width = (this.toDepot ? 1.6 : 3) + (bold ? 1.6 : 0);
      ctx.save();
      ctx.lineJoin = 'round';
      ctx.lineCap = 'round';
      ctx.globalAlpha = view.alphaOf(this.route.id);
      this.trace(ctx);
      ctx.lineWidth = width + 2.5;
      ctx.strokeStyle = view.theme.ground;
      ctx.stroke();
      if (this.toDepot) {
        ctx.globalAlpha *= bold ? 0.8 : 0.55;
        ctx.setLineDash([1, 5]);
        ctx.lineWidth = width + 0.6;
      } else {
        ctx.lineWidth = width;
      }
      ctx.strokeStyle = this.route.colour[view.scheme];
      ctx.stroke();
      ctx.setLineDash([]);
      this.arrows(ctx, width);
      ctx.restore();
    },
    trace: function (ctx) {
      ctx.beginPath();
      this._parts.forEach((part) => {
        part.forEach((point, at) => { ctx[at ? 'lineTo' : 'moveTo'](point.x, point.y); });
      });
    },
    // A small head in the middle of each long enough leg says which way the van drives.
    arrows: function (ctx, width) {
      const size = 3.2 + width * 0.7;
      ctx.fillStyle = this.route.colour[this.view.scheme];
      this._parts.forEach((part) => {
        for (let at = 1; at < part.length; at += 1) {
          const from = part[at - 1];
          const to = part[at];
          const dx = to.x - from.x;
          const dy = to.y - from.y;
          const long = Math.hypot(dx, dy);
          if (long < 46) { continue; }
          const ux = dx / long;
          const uy = dy / long;
          const mx = (from.x + to.x) / 2 + ux * size * 0.7;
          const my = (from.y + to.y) / 2 + uy * size * 0.7;
          ctx.beginPath();
          ctx.moveTo(mx, my);
          ctx.lineTo(mx - ux * size * 1.7 - uy * size, my - uy * size * 1.7 + ux * size);
          ctx.lineTo(mx - ux * size * 1.7 + uy * size, my - uy * size * 1.7 - ux * size);
          ctx.closePath();
          ctx.fill();
        }
      });
    }
  });

  // ---- the plan ------------------------------------------------------------------------------------

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
    this.fitted = false;
    this.radius = BIG;
    this.renderer = L.canvas({ padding: 0.3, tolerance: 4 });
    this.frame = new window.LastmileFrame(this);
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
      if (refit) { this.fitted = false; }
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
      const way = new Way(legs, {
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
      const mark = this.mark(Stop, stop, this.radius);
      mark.route = route;
      mark.stop = stop;
      mark.on('click', (event) => { this.clicked(event, () => { this.tell('clickedOrder', stop.key); }); });
      mark.bindTooltip(() => this.frame.stopTip(route, stop),
        { direction: 'top', offset: [0, -10], className: 'lm-tip' });
      return mark;
    },

    leftMark: function (left) {
      const mark = this.mark(LeftOut, left, Math.max(this.radius - 1, SMALL));
      mark.left = left;
      mark.on('click', (event) => { this.clicked(event, () => { this.tell('clickedOrder', left.key); }); });
      mark.bindTooltip(() => this.frame.leftTip(left),
        { direction: 'top', offset: [0, -10], className: 'lm-tip' });
      return mark.addTo(this.map);
    },

    depotMark: function (depot) {
      const mark = this.mark(Depot, depot, 14, 56);
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
      let count = 0;
      const box = L.bounds([]);
      this.everyMark((mark) => {
        if (seen.contains(mark.getLatLng())) {
          count += 1;
          box.extend(this.map.latLngToContainerPoint(mark.getLatLng()));
        }
      });
      if (!count || !size.x) { return; }
      const span = box.getSize();
      const room = Math.sqrt(Math.max(span.x * span.y, 1) / count);
      const radius = count === 1 ? BIG : Math.max(SMALL, Math.min(BIG, Math.round(room * 0.36)));
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

    fit: function () { this.lookAt(this.bounds()); },

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
      const wide = this.frame.legendWidth();
      this.map.fitBounds(bounds, {
        paddingTopLeft: [36 + wide, 36], paddingBottomRight: [56, 48], maxZoom: 15, animate: false
      });
      this.fitted = true;
    },

    paintWith: function (theme, scheme) {
      this.theme = theme;
      this.scheme = scheme;
      Object.keys(theme).forEach((name) => {
        document.documentElement.style.setProperty('--' + name, theme[name]);
      });
      document.documentElement.style.setProperty('color-scheme', scheme);
      this.frame.grid.draw();
      this.frame.repaint();
      this.repaint();
    },

    place: function (label) {
      this.placing = label !== null;
      this.frame.placing(label);
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
