// The symbols of the map, painted on Leaflet's canvas: stops, orders left out, depots and ways.
//
// Text is painted on the canvas only: whatever a sheet holds stays text.
// Overrides of Leaflet methods that start with an underscore belong to the pinned version 1.9.4.
(function () {
  'use strict';
  const L = window.L;
  const TAU = 2 * Math.PI;
  const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

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
      if (view.boldRoute === this.route.id) { r = Math.max(r, 9); } // the route looked at always has its numbers
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

  window.LastmileMarks = { Stop: Stop, LeftOut: LeftOut, Depot: Depot, Way: Way };
})();
