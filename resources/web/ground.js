// The picture behind the routes: tiles in the window, one still picture in the exported file, or nothing.
(function () {
  'use strict';
  const L = window.L;

  function Ground(view) {
    this.view = view;
    this.layer = null;
    this.told = null;
    // Tiles are there at once; fading them in makes the streets flicker at every step of the zoom.
    view.map._fadeAnimated = false;
  }

  Ground.prototype = {
    // told: null, or { number, looks, attribution, first_zoom, last_zoom } for tiles.
    set: function (told) {
      this.told = told;
      this.dress();
      this.view.frame.attribution(told ? told.attribution : '');
      // At half zooms Leaflet takes the tiles of the next one and shrinks them, which keeps them sharp.
      this.view.map.options.zoomSnap = told ? 0.5 : 0.25;
      if (told) { this.view.map.setZoom(Math.round(this.view.map.getZoom() * 2) / 2, { animate: false }); }
    },

    // Again when the colours change from light to dark.
    dress: function () {
      if (this.layer) { this.layer.remove(); this.layer = null; }
      const map = this.view.map;
      map.getContainer().classList.toggle('lm-pictured', this.told !== null);
      if (!this.told) { return; }
      const dark = this.view.scheme === 'dark';
      map.getContainer().classList.toggle('lm-dimmed', dark && !this.told.looks);
      const scale = window.devicePixelRatio > 1.25 && this.told.looks ? 2 : 1;
      const look = dark && this.told.looks ? 'dark' : 'light';
      this.layer = L.tileLayer('tiles/' + this.told.number + '/' + look + '/{z}/{x}/{y}@' + scale + '.png', {
        minZoom: this.told.first_zoom, maxNativeZoom: this.told.last_zoom, maxZoom: 20, keepBuffer: 3,
        updateInterval: 120, className: 'lm-tile'
      }).addTo(map);
    },

    // A still picture: { url, south, west, north, east, attribution }.
    still: function (picture) {
      this.view.map.getContainer().classList.add('lm-pictured');
      L.imageOverlay(picture.url, [[picture.south, picture.west], [picture.north, picture.east]],
        { interactive: false }).addTo(this.view.map);
      this.view.frame.attribution(picture.attribution);
    }
  };

  window.LastmileGround = Ground;
})();
