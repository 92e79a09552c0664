// Drawing the service area: while it is asked for, a drag makes a box instead of moving the map.
(function () {
  'use strict';
  const L = window.L;
  // Less than this is a click by mistake, not a box.
  const LEAST_PX = 8;

  function Area(view) {
    this.view = view;
    this.asked = false;
    this.start = null;
    this.box = null;
    this.edge = null;
    this.listen();
  }

  Area.prototype = {
    // Before Leaflet hears of it: neither a stop nor the ground may take the drag as a click.
    listen: function () {
      const container = this.view.map.getContainer();
      container.addEventListener('mousedown', (event) => { this.press(event); }, true);
      container.addEventListener('click', (event) => {
        if (this.asked && this.isMap(event)) { event.stopPropagation(); }
      }, true);
      document.addEventListener('mousemove', (event) => { this.move(event); }, true);
      document.addEventListener('mouseup', (event) => { this.release(event); }, true);
    },
    isMap: function (event) {
      return event.target instanceof Element && event.target.closest('.lm-buttons') === null;
    },

    // words: null, or { what, how }. box: the one so far. edge: what the extract covers. Both [s, w, n, e] or null.
    ask: function (words, box, edge, extent) {
      const map = this.view.map;
      this.forget();
      this.asked = words !== null;
      this.view.placing = this.asked;
      this.view.wanted = extent ? L.latLngBounds([extent[0], extent[1]], [extent[2], extent[3]]) : null;
      this.view.frame.drawing(words);
      map.dragging[this.asked ? 'disable' : 'enable']();
      map.boxZoom[this.asked ? 'disable' : 'enable']();
      if (!this.asked) { return; }
      if (edge) { this.edge = this.rectangle(edge, 'lm-edge').addTo(map); }
      if (box) { this.box = this.rectangle(box, 'lm-area').addTo(map); }
      if (extent) { this.view.fit(); }
    },
    rectangle: function (box, className) {
      // Drawn as elements: the canvas of the routes may be anywhere in the order of layers.
      return L.rectangle([[box[0], box[1]], [box[2], box[3]]], {
        renderer: this.renderer || (this.renderer = L.svg({ padding: 0.5 })),
        className: className, interactive: false, noClip: true
      });
    },
    forget: function () {
      [this.box, this.edge].forEach((one) => { if (one) { one.remove(); } });
      this.start = this.box = this.edge = null;
    },

    press: function (event) {
      if (!this.asked || event.button !== 0 || !this.isMap(event)) { return; }
      event.stopPropagation();
      event.preventDefault();
      this.view.map.getContainer().focus();
      this.start = this.view.map.mouseEventToContainerPoint(event);
    },
    move: function (event) {
      if (!this.start) { return; }
      event.stopPropagation();
      const box = this.corners(this.view.map.mouseEventToContainerPoint(event));
      if (this.box) { this.box.remove(); }
      this.box = this.rectangle(box, 'lm-area').addTo(this.view.map);
      this.view.frame.measure(this.sizeOf(box));
    },
    release: function (event) {
      if (!this.start || event.button !== 0) { return; }
      event.stopPropagation();
      const end = this.view.map.mouseEventToContainerPoint(event);
      const far = Math.abs(end.x - this.start.x) >= LEAST_PX && Math.abs(end.y - this.start.y) >= LEAST_PX;
      const box = this.corners(end);
      this.start = null;
      if (far) {
        this.view.tell('areaDrawn', box[0], box[1], box[2], box[3]);
      } else {
        this.view.frame.measure('');
      }
    },

    // [south, west, north, east] between the start and `end`, on the one world that programs count in.
    corners: function (end) {
      const map = this.view.map;
      const size = map.getSize();
      const inside = L.point(Math.min(Math.max(end.x, 0), size.x), Math.min(Math.max(end.y, 0), size.y));
      const seen = L.latLngBounds(map.containerPointToLatLng(this.start), map.containerPointToLatLng(inside));
      const turn = seen.getCenter().wrap().lng - seen.getCenter().lng;
      return [
        Math.max(seen.getSouth(), -85), Math.max(seen.getWest() + turn, -180),
        Math.min(seen.getNorth(), 85), Math.min(seen.getEast() + turn, 180)
      ];
    },
    sizeOf: function (box) {
      const middle = (box[0] + box[2]) / 2;
      const wide = L.latLng(middle, box[1]).distanceTo([middle, box[3]]) / 1000;
      const tall = L.latLng(box[0], box[1]).distanceTo([box[2], box[1]]) / 1000;
      const text = (km) => km.toFixed(km < 10 ? 1 : 0);
      return text(wide) + ' × ' + text(tall) + ' km';
    }
  };

  window.LastmileArea = Area;
})();
