// What stands around the plan: grid, scale, buttons, note, hints, tooltips and the list of routes.
(function () {
  'use strict';
  const L = window.L;

  function element(kind, className, parent, text) {
    const node = document.createElement(kind);
    if (className) { node.className = className; }
    if (text !== undefined) { node.textContent = text; }
    if (parent) { parent.appendChild(node); }
    return node;
  }

  // ---- lines of latitude and longitude, where other maps have a picture

  const STEPS = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005];

  function Grid(view) {
    this.view = view;
    this.canvas = element('canvas', 'lm-grid');
    this.canvas.setAttribute('aria-hidden', 'true');
    const container = view.map.getContainer();
    container.insertBefore(this.canvas, container.firstChild);
    view.map.on('move zoom viewreset resize', () => { this.draw(); });
    view.map.on('zoomanim', () => { this.canvas.style.opacity = '0'; });
    view.map.on('zoomend', () => { this.canvas.style.opacity = '1'; });
  }

  Grid.prototype = {
    draw: function () {
      const map = this.view.map;
      const size = map.getSize();
      const scale = window.devicePixelRatio || 1;
      if (this.canvas.width !== size.x * scale || this.canvas.height !== size.y * scale) {
        this.canvas.width = size.x * scale;
        this.canvas.height = size.y * scale;
      }
      const ctx = this.canvas.getContext('2d');
      ctx.setTransform(scale, 0, 0, scale, 0, 0);
      ctx.clearRect(0, 0, size.x, size.y);
      ctx.strokeStyle = this.view.theme.grid;
      ctx.fillStyle = this.view.theme.muted;
      ctx.lineWidth = 1;
      ctx.font = '11px system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
      ctx.textBaseline = 'top';
      const seen = map.getBounds();
      const wide = seen.getEast() - seen.getWest();
      const step = STEPS.find((one) => wide / one >= size.x / 190) || STEPS[STEPS.length - 1];
      const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
      this.meridians(ctx, seen, step, digits, size);
      this.parallels(ctx, seen, step, digits, size);
    },
    meridians: function (ctx, seen, step, digits, size) {
      for (let at = Math.ceil(seen.getWest() / step); at * step <= seen.getEast(); at += 1) {
        const x = Math.round(this.view.map.latLngToContainerPoint([seen.getCenter().lat, at * step]).x) + 0.5;
        this.line(ctx, x, 0, x, size.y);
        const lon = ((at * step + 180) % 360 + 360) % 360 - 180;
        this.text(ctx, Math.abs(lon).toFixed(digits) + '° ' + (lon < 0 ? 'W' : 'E'), x + 4, 4);
      }
    },
    parallels: function (ctx, seen, step, digits, size) {
      for (let at = Math.ceil(seen.getSouth() / step); at * step <= seen.getNorth(); at += 1) {
        const lat = at * step;
        if (Math.abs(lat) > 85) { continue; }
        const y = Math.round(this.view.map.latLngToContainerPoint([lat, seen.getCenter().lng]).y) + 0.5;
        this.line(ctx, 0, y, size.x, y);
        if (y > 24 && y < size.y - 40) {
          this.text(ctx, Math.abs(lat).toFixed(digits) + '° ' + (lat < 0 ? 'S' : 'N'), 6, y + 3);
        }
      }
    },
    line: function (ctx, x1, y1, x2, y2) {
      ctx.beginPath();
      ctx.moveTo(x1, y1);
      ctx.lineTo(x2, y2);
      ctx.stroke();
    },
    text: function (ctx, text, x, y) {
      ctx.globalAlpha = 0.75;
      ctx.fillText(text, x, y);
      ctx.globalAlpha = 1;
    }
  };

  // ---- the frame

  function Frame(view) {
    this.view = view;
    const map = view.map;
    const container = map.getContainer();
    container.setAttribute('role', 'application');
    container.setAttribute('aria-label', 'Map of the routes. The same stops are in the list.');
    this.grid = new Grid(view);
    L.control.scale({ imperial: false, position: 'bottomleft', maxWidth: 120 }).addTo(map);
    this.buttons(element('div', 'lm-buttons', container));
    this.note = element('div', 'lm-note', container);
    this.banner = element('div', 'lm-banner', container);
    this.banner.setAttribute('role', 'status');
    this.hint = element('div', 'lm-hint', container);
    this.legend = null;
    this.repaint();
    this.placing(null);
    this.empty(false);
  }

  Frame.prototype = {
    buttons: function (box) {
      L.DomEvent.disableClickPropagation(box);
      const map = this.view.map;
      this.zoomIn = this.button(box, '+', () => { map.zoomIn(); });
      this.zoomOut = this.button(box, '−', () => { map.zoomOut(); });
      this.whole = this.button(box, '⤢', () => { this.view.fit(); });
    },
    button: function (box, text, act) {
      const button = element('button', '', box, text);
      button.type = 'button';
      button.addEventListener('click', act);
      return button;
    },
    name: function (button, text) {
      button.title = text;
      button.setAttribute('aria-label', text);
    },

    labels: function (rest) {
      const labels = rest.labels;
      this.name(this.zoomIn, labels.zoom_in);
      this.name(this.zoomOut, labels.zoom_out);
      this.name(this.whole, labels.fit);
      this.hint.textContent = labels.empty;
      this.note.textContent = '';
      if (rest.waiting) {
        const text = rest.waiting === 1 ? labels.waiting_one
          : labels.waiting_many.replace('{n}', String(rest.waiting));
        element('span', 'lm-waiting', this.note, '⚠ ' + text);
      }
      element('span', '', this.note, rest.note);
      this.credit = element('span', 'lm-credit', this.note, this.creditText || '');
    },

    // Who made the picture behind the routes: its licence asks for the name.
    attribution: function (text) {
      this.creditText = text;
      if (!this.credit) { this.credit = element('span', 'lm-credit', this.note); }
      this.credit.textContent = text;
    },

    empty: function (isEmpty) { this.hint.hidden = !isEmpty; },

    placing: function (label, canDrag) {
      this.banner.textContent = '';
      this.banner.hidden = label === null;
      this.view.map.getContainer().classList.toggle('lm-placing', label !== null);
      if (label !== null) {
        const words = this.view.labels;
        element('span', '', this.banner, (canDrag ? words.drag : words.place) || '');
        element('b', '', this.banner, label);
        element('span', 'lm-quiet', this.banner, this.view.labels.cancel || '');
      }
    },

    drawing: function (words) {
      this.placing(null);
      this.banner.hidden = words === null;
      this.view.map.getContainer().classList.toggle('lm-placing', words !== null);
      this.hint.classList.toggle('lm-away', words !== null);
      if (words !== null) {
        this.measured = element('b', '', this.banner, words.what);
        this.asked = words.what;
        element('span', 'lm-quiet', this.banner, words.how);
      }
    },
    // How large the box is that is being drawn; '' = none is.
    measure: function (size) { this.measured.textContent = size || this.asked; },

    // ---- tooltips

    lines: function (texts) {
      const box = element('div', '');
      texts.filter(Boolean).forEach((text, at) => { element('div', at ? '' : 'lm-name', box, text); });
      return box;
    },
    stopTip: function (route, stop) {
      const labels = this.view.labels;
      const box = element('div', '');
      element('div', 'lm-name', box, stop.name);
      const where = element('div', 'lm-quiet', box);
      element('i', 'lm-swatch', where).style.background = route.colour[this.view.scheme];
      element('span', '', where, route.name + ' · ' + labels.stop + ' ' + stop.number
        + (stop.id ? ' · ' + stop.id : ''));
      if (stop.time) { this.fact(box, labels.planned, stop.time); }
      this.fact(box, labels.window, stop.window);
      if (stop.late) { element('div', 'lm-late', box, '! ' + stop.late + ' min ' + labels.late); }
      if (stop.locked) { element('div', 'lm-quiet', box, labels.locked); }
      return box;
    },
    leftTip: function (left) {
      const labels = this.view.labels;
      const box = element('div', '');
      element('div', 'lm-name', box, left.name);
      element('div', left.reason ? 'lm-open' : 'lm-quiet', box,
        (left.reason ? '! ' + labels.unassigned : labels.unplanned) + (left.id ? ' · ' + left.id : ''));
      this.fact(box, labels.window, left.window);
      if (left.reason) { element('div', 'lm-why', box, left.reason); }
      return box;
    },
    fact: function (box, name, value) {
      const row = element('div', 'lm-fact', box);
      element('span', 'lm-quiet', row, name);
      element('span', '', row, value);
    },

    // ---- the list of routes, in the exported file

    addLegend: function (title, subtitle, rows) {
      const box = element('div', 'lm-legend', this.view.map.getContainer());
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      element('h1', '', box, title);
      element('p', 'lm-quiet', box, subtitle);
      const list = element('ul', '', box);
      this.swatches = rows.map((row) => this.legendRow(list, row));
      this.legend = box;
      this.repaint();
    },
    legendRow: function (list, row) {
      const label = element('label', '', element('li', '', list));
      const tick = element('input', '', label);
      tick.type = 'checkbox';
      tick.checked = true;
      tick.addEventListener('change', () => { this.view.hide(row.id, !tick.checked); });
      const swatch = element('i', 'lm-swatch', label);
      const words = element('span', 'lm-words', label);
      element('b', '', words, row.name);
      element('span', 'lm-quiet', words, row.detail);
      return { node: swatch, colour: row.colour };
    },
    // What the list of routes covers: [left, top] in pixels; on a phone it lies above the map.
    covered: function () {
      if (!this.legend) { return [0, 0]; }
      const beside = this.view.map.getSize().x > 720;
      return beside ? [this.legend.offsetWidth + 12, 0] : [0, this.legend.offsetHeight + 12];
    },
    repaint: function () {
      (this.swatches || []).forEach((one) => { one.node.style.background = one.colour[this.view.scheme]; });
      this.grid.draw();
    }
  };

  window.LastmileFrame = Frame;
})();
