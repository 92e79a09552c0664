/* Where to look for the cheapest gap for an order: beside its neighbours, else everywhere, else an empty vehicle. */
#include "gap.h"

#define EMPTY_CHANCE 10
#define EMPTY_CLASSES 8

/* Which rules this day has at all. */
int32_t lm_mode(const lm_problem *p)
{
    int simple = p->dims <= 1 && !p->mixed && !p->picky && !p->limited;
    if (p->extra || p->clocked || p->rests || p->several || p->mixed || p->no_way || !p->one_price || p->company)
        return LM_TIMED | LM_SPANS | LM_RICH;
    if (!p->timed)
        return simple ? LM_SIMPLE : LM_TIMED | LM_SPANS;
    return simple && !p->spans ? LM_SIMPLE | LM_TIMED : LM_TIMED | LM_SPANS;
}

/* Simple days: a full vehicle is left out before anything else is looked at. */
LM_INLINE int is_full(const lm_state *s, const lm_probe *o, int32_t vehicle, int mode)
{
    return (mode & LM_SIMPLE) && s->p->dims && o->amount > s->slack[vehicle];
}

/* Gaps beside the orders on a route that are nearest in space, or in space and time. */
LM_INLINE void try_near(lm_state *s, const lm_probe *o, int mode, lm_gap *best)
{
    const lm_problem *p = s->p;
    const int32_t *near = p->beside_orders + (int64_t)o->order * p->beside;
    int32_t i, placed = 0;
    for (i = 0; i < p->beside && placed < p->near_insert; i++) {
        int32_t x = near[i], place;
        lm_link link = s->link[x];
        if (link.route < 0)
            continue;
        placed++;
        if (is_full(s, o, link.route, mode))
            continue;
        place = s->place[x];
        lm_test_gap(s, o, (lm_spot){link.route, x, place, link.next, link.next_place, link.leg_out, 0}, mode, best);
        lm_test_gap(s, o, (lm_spot){link.route, link.prev, link.prev_place, x, place, link.leg_in, 0}, mode, best);
    }
}

/* All gaps of one route. */
LM_INLINE void try_route(lm_state *s, const lm_probe *o, int32_t vehicle, int mode, lm_gap *best)
{
    const lm_problem *p = s->p;
    int32_t x, begin = p->orders + vehicle, end = begin + p->vehicles;
    int32_t last_moment = p->several || p->rests ? LM_NEVER : o->close;
    if (!s->route[vehicle].stops || is_full(s, o, vehicle, mode))
        return;
    if (!(mode & LM_SIMPLE) && p->picky && !p->allowed[(int64_t)o->order * p->vehicles + vehicle])
        return;
    if (!(mode & LM_SIMPLE) && !p->mixed && !load_fits(s, o, begin, vehicle))
        return;
    for (x = begin; x != end; x = s->link[x].next) {
        const lm_link *link = &s->link[x];
        if ((mode & LM_TIMED) && p->timed && s->time[x].leave > last_moment)
            break; /* all gaps behind are later still */
        lm_test_gap(s, o, (lm_spot){vehicle, x, s->place[x], link->next, link->next_place, link->leg_out, 0}, mode,
                    best);
    }
}

/* Everywhere; `changed`: only on the routes that are others than before the step. */
LM_INLINE void try_routes(lm_state *s, const lm_probe *o, int changed, int mode, lm_gap *best)
{
    int32_t i, count = changed ? (int32_t)s->touched_size : s->p->vehicles;
    for (i = 0; i < count; i++)
        try_route(s, o, changed ? s->touched[i] : i, mode, best);
}

/* One empty vehicle of up to `most` classes, beginning with a random one. */
LM_INLINE void try_empty(lm_state *s, const lm_probe *o, int32_t most, int mode, lm_gap *best)
{
    const lm_problem *p = s->p;
    int32_t i, c, vehicle, begin;
    if (!p->classes)
        return;
    c = most < p->classes ? lm_below(s, p->classes) : 0;
    for (i = 0; i < p->classes && i < most; i++, c = c + 1 < p->classes ? c + 1 : 0) {
        if (!s->class_free[c])
            continue;
        vehicle = s->free_list[s->class_at[c] + s->class_free[c] - 1];
        if (is_full(s, o, vehicle, mode))
            continue;
        begin = s->link[p->orders + p->vehicles + vehicle].prev; /* the start, or the last reload there */
        lm_test_gap(s, o,
                    (lm_spot){vehicle, begin, s->place[begin], s->link[begin].next, s->link[begin].next_place, 0,
                              p->fixed_units[vehicle]},
                    mode, best);
    }
}

/* An order that was out before the step had no place on the routes that are still the same. */
LM_INLINE lm_gap look_around(lm_state *s, int32_t order, int mode)
{
    lm_gap best = {s->force ? LM_ANY_PRICE : s->p->penalty[order], -1};
    int was_out = s->steps > 0 && s->was_absent[order] == s->steps;
    lm_probe o;
    lm_look_at(s, order, &o);
    if ((mode & LM_RICH) && s->p->company) {
        if (o.only >= 0) {
            try_route(s, &o, o.only, mode, &best);
            return best;
        }
        was_out = was_out && s->p->group[order] < 0; /* its group may have left the routes that are the same */
    }
    if (!was_out)
        try_near(s, &o, mode, &best);
    if (best.left < 0)
        try_routes(s, &o, was_out, mode, &best);
    if (best.left < 0)
        try_empty(s, &o, s->p->classes, mode, &best);
    else if (lm_below(s, EMPTY_CHANCE) == 0)
        try_empty(s, &o, EMPTY_CLASSES, mode, &best);
    return best;
}

static lm_gap plain_gap(lm_state *s, int32_t order) { return look_around(s, order, LM_SIMPLE); }
static lm_gap window_gap(lm_state *s, int32_t order) { return look_around(s, order, LM_SIMPLE | LM_TIMED); }
static lm_gap hours_gap(lm_state *s, int32_t order) { return look_around(s, order, LM_TIMED | LM_SPANS); }
static lm_gap rich_gap(lm_state *s, int32_t order) { return look_around(s, order, LM_TIMED | LM_SPANS | LM_RICH); }

static int exact_fits_there(lm_state *s, int32_t order, int32_t left, int32_t vehicle)
{
    int64_t row = (int64_t)s->place[order] * s->p->places;
    int32_t from = s->place[left], to = s->link[left].next_place;
    return exact_fits(s, order, left, vehicle, s->p->seconds_in[row + from], s->p->seconds[row + to]);
}

/* The gap at the end of a route: its left side, or -1 when the order may not go there (or is skipped by chance). */
int32_t lm_last_gap(lm_state *s, int32_t order, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t end = p->orders + p->vehicles + vehicle, left = s->link[end].prev;
    int64_t opening = s->route[vehicle].stops ? 0 : p->fixed_units[vehicle];
    lm_spot spot = {vehicle, left, s->place[left], end, s->place[end], s->link[left].leg_out, opening};
    lm_gap best = {LM_ANY_PRICE, -1};
    lm_probe o;
    if (p->company && p->partner[order] >= 0)
        return -1; /* only as a pair */
    lm_look_at(s, order, &o);
    switch (s->mode) {
    case LM_SIMPLE:
    case LM_SIMPLE | LM_TIMED:
        if (is_full(s, &o, vehicle, LM_SIMPLE))
            return -1;
        if (s->mode & LM_TIMED)
            lm_test_gap(s, &o, spot, LM_SIMPLE | LM_TIMED, &best);
        else
            lm_test_gap(s, &o, spot, LM_SIMPLE, &best);
        return best.left;
    case LM_TIMED | LM_SPANS: lm_test_gap(s, &o, spot, LM_TIMED | LM_SPANS, &best); return best.left;
    default: break;
    }
    lm_test_gap(s, &o, spot, LM_TIMED | LM_SPANS | LM_RICH, &best);
    return best.left >= 0 && p->exact[vehicle] && !exact_fits_there(s, order, left, vehicle) ? -1 : best.left;
}

/* The cheapest gap that was looked at; left is -1 when none is allowed or worth its price. */
lm_gap lm_cheapest_gap(lm_state *s, int32_t order)
{
    lm_gap best;
    int32_t vehicle;
    switch (s->mode) {
    case LM_SIMPLE: return plain_gap(s, order);
    case LM_SIMPLE | LM_TIMED: return window_gap(s, order);
    case LM_TIMED | LM_SPANS: return hours_gap(s, order);
    default: break;
    }
    best = rich_gap(s, order);
    vehicle = best.left < 0 ? 0 : s->link[best.left].route;
    if (best.left >= 0 && s->p->exact[vehicle] && !exact_fits_there(s, order, best.left, vehicle)) {
        /* Rare, and the walk is long: so only now it is made for each gap. */
        s->strict = 1;
        best = rich_gap(s, order);
        s->strict = 0;
    }
    return best;
}
