/* The insertion test: may this order go into this gap, and what does that cost?
 *
 * One body for all days, always inlined with a constant `mode`, so that the compiler leaves out the rules that a
 * day does not have: most gaps fail by their price, and then the price is all that is looked at. A rule that not
 * every day has belongs behind `mode & LM_RICH`, and its condition into lm_mode.
 */
#ifndef LASTMILE_GAP_H
#define LASTMILE_GAP_H

#include "kernel.h"

#define LM_SIMPLE 1 /* at most one load; no skills, no limits of stops or metres, one price for all vehicles */
#define LM_TIMED 2  /* windows and shifts */
#define LM_SPANS 4  /* some duration is limited or paid */
#define LM_RICH 8   /* breaks, several windows, pickups among deliveries, prices by vehicle, missing ways, who goes with whom */

/* The order to insert, with its rows of the tables at hand. */
typedef struct {
    int32_t order, open, close, service, amount;
    int32_t only; /* the one vehicle where it may go, -1: any */
    int32_t half; /* of a shipment: its load is looked at elsewhere */
    /* By place, the first two also by kind of price. */
    const int32_t *leg_in, *leg_out, *metres_in, *metres_out, *seconds_in, *seconds_out;
} lm_probe;

/* A gap of a route; `leg` are the units that it costs now, `opening` those of using the vehicle at all. */
typedef struct {
    int32_t vehicle, left, left_place, right, right_place, leg;
    int64_t opening;
} lm_spot;

static inline void lm_look_at(const lm_state *s, int32_t order, lm_probe *o)
{
    const lm_problem *p = s->p;
    const lm_visit *visit = &p->visit[order];
    int64_t row = (int64_t)s->place[order] * p->places;
    o->order = order;
    o->open = visit->open;
    o->close = visit->close;
    o->service = visit->service;
    o->amount = visit->amount;
    o->only = p->company ? lm_home(s, order) : -1;
    o->half = 0;
    o->leg_in = p->leg_in + row;
    o->leg_out = p->leg + row;
    o->metres_in = p->metres_in + row;
    o->metres_out = p->metres + row;
    o->seconds_in = p->seconds_in + row;
    o->seconds_out = p->seconds + row;
}

static int load_fits(const lm_state *s, const lm_probe *o, int32_t left, int32_t vehicle)
{
    const lm_problem *p = s->p;
    const int32_t *amount = p->demand + (int64_t)o->order * p->dims, *capacity, *aboard;
    int32_t d;
    if (!p->mixed) {
        const int32_t *slack = s->slack + (int64_t)vehicle * p->dims;
        for (d = 0; d < p->dims; d++)
            if (amount[d] && amount[d] > slack[d])
                return 0;
        return 1;
    }
    capacity = p->capacity + (int64_t)vehicle * p->dims;
    aboard = p->pickup[o->order] ? lm_peak_after(s, left) : lm_peak_before(s, left);
    for (d = 0; d < p->dims; d++)
        if (amount[d] && aboard[d] + amount[d] > capacity[d])
            return 0;
    return 1;
}

/* Putting an order before a reload that had no trip before it makes it take time. */
static inline int32_t reload_delay(const lm_state *s, int32_t right)
{
    return s->p->real <= right && right < s->p->orders && lm_is_idle(s, right) ? s->p->visit[right].service : 0;
}

/* Times on a vehicle with breaks: some number of them must be possible before the next stop. */
static int rests_fit(const lm_state *s, const lm_probe *o, const lm_spot *gap, int32_t in, int32_t out)
{
    const lm_problem *p = s->p;
    const int32_t *leave = lm_leave(s, gap->left), *due = lm_due(s, gap->right);
    int32_t count = p->rest_count[gap->vehicle], time[LM_MAX_RESTS + 1], k, start;
    for (k = 0; k <= count; k++)
        time[k] = leave[k];
    lm_rest(p, gap->vehicle, time);
    for (k = 0; k <= count; k++)
        if (time[k] < LM_NEVER)
            time[k] = lm_reach(p, time[k], in, gap->left_place, s->place[o->order]);
    lm_rest(p, gap->vehicle, time);
    for (k = 0; k <= count; k++) {
        start = time[k] < LM_NEVER ? lm_service_start(p, o->order, time[k]) : LM_NEVER;
        time[k] = start < LM_NEVER ? start + o->service : LM_NEVER;
    }
    lm_rest(p, gap->vehicle, time);
    for (k = 0; k <= count; k++)
        if (time[k] < LM_NEVER && lm_reach(p, time[k], out, s->place[o->order], gap->right_place) <= due[k])
            return 1;
    return 0;
}

LM_INLINE int time_fits(const lm_state *s, const lm_probe *o, const lm_spot *gap, int32_t in, int32_t out, int mode)
{
    int32_t arrival = s->time[gap->left].leave + in, start, ready;
    if ((mode & LM_RICH) && s->p->rest_count[gap->vehicle])
        return rests_fit(s, o, gap, in, out);
    if ((mode & LM_RICH) && s->p->clocked)
        arrival = lm_reach(s->p, s->time[gap->left].leave, in, gap->left_place, s->place[o->order]);
    if ((mode & LM_RICH) && s->p->several)
        start = lm_service_start(s->p, o->order, arrival);
    else if (arrival > o->close)
        return 0;
    else
        start = lm_later(arrival, o->open);
    if (start >= LM_NEVER)
        return 0;
    ready = start + o->service + out;
    if ((mode & LM_RICH) && s->p->clocked)
        ready = lm_reach(s->p, start + o->service, out, s->place[o->order], gap->right_place);
    if (mode & LM_RICH)
        ready += reload_delay(s, gap->right);
    return ready <= s->time[gap->right].due;
}

/* The duration limit where only a walk along the whole route can tell: put the order in for a moment. */
static int exact_fits(lm_state *s, int32_t order, int32_t left, int32_t vehicle, int32_t in, int32_t out)
{
    int32_t right = s->link[left].next, drive = s->time[left].drive;
    int64_t seconds;
    if (s->p->max_seconds[vehicle] >= LM_NEVER && !reload_delay(s, right))
        return 1;
    s->link[left].next = s->link[right].prev = order;
    s->link[order].next = right;
    s->link[order].prev = left;
    s->time[left].drive = in;
    s->time[order].drive = out;
    seconds = lm_walk(s, vehicle).seconds;
    s->link[left].next = right;
    s->link[right].prev = left;
    s->time[left].drive = drive;
    return seconds < LM_NEVER && seconds <= s->p->max_seconds[vehicle];
}

/* What the rest of the duration costs beyond the drive, LM_NO_LIMIT where it would be too long. What else hours
 * cost is estimated from the stretches; lateness only of the order itself. */
static int64_t idle_units(const lm_state *s, const lm_probe *o, const lm_spot *gap, int32_t in, int32_t out)
{
    const lm_problem *p = s->p;
    int32_t drive = in + out - (s->route[gap->vehicle].stops ? s->time[gap->left].drive : 0), start;
    int64_t units;
    lm_span head = s->spans[gap->left].head, all = lm_join(head, in, lm_serve(p, o->order, head, in));
    all = lm_join(all, out, s->spans[gap->right].tail);
    if (!p->exact[gap->vehicle] && all.length > p->max_seconds[gap->vehicle])
        return LM_NO_LIMIT;
    units = (all.length - s->route[gap->vehicle].seconds - drive) * p->second_units[gap->vehicle];
    if (!p->extra)
        return units;
    units += lm_over_units(p, gap->vehicle, all.first + all.length);
    units -= lm_over_units(p, gap->vehicle, s->route[gap->vehicle].ends);
    if (p->even == 1)
        units += lm_even_units(p, all.length / 60) - lm_even_units(p, s->route[gap->vehicle].seconds / 60);
    if (p->soft) {
        start = lm_service_start(
            p, o->order, lm_reach(p, s->time[gap->left].leave, in, gap->left_place, s->place[o->order]));
        units += start < LM_NEVER ? lm_late_units(p, o->order, start) : 0;
    }
    return units;
}

/* What hours will cost beyond the drive at the very least: no waiting, no lateness and no overtime are left. */
LM_INLINE int64_t least_extra(const lm_state *s, const lm_probe *o, const lm_spot *gap)
{
    const lm_problem *p = s->p;
    const lm_route *route = &s->route[gap->vehicle];
    int64_t units = (o->service - route->waiting) * p->second_units[gap->vehicle];
    if (p->timed && p->needs_seconds[gap->vehicle]) {
        units -= lm_over_units(p, gap->vehicle, route->ends);
        if (p->even == 1) {
            int32_t drive = o->seconds_in[gap->left_place] + o->seconds_out[gap->right_place];
            int32_t work = route->seconds - route->waiting + o->service + drive - s->time[gap->left].drive;
            work = lm_earlier(work, 2 * p->latest_end[gap->vehicle]); /* a leg too long for any day must not overflow */
            units += lm_even_units(p, lm_later(work, 0) / 60) - lm_even_units(p, route->seconds / 60);
        }
    }
    return units;
}

/* Improve `best` by this gap, unless it is skipped by chance ("blink") or a rule forbids it. The cheapest tests
 * come first, and the chance last: skipping a gap that is not better anyway would change nothing. */
LM_INLINE void lm_test_gap(lm_state *s, const lm_probe *o, lm_spot gap, int mode, lm_gap *best)
{
    const lm_problem *p = s->p;
    const lm_route *route = &s->route[gap.vehicle];
    int32_t in = 0, out = 0;
    int64_t units = gap.opening - gap.leg;
    if (!(mode & LM_RICH) || p->one_price) {
        units += (int64_t)o->leg_in[gap.left_place] + o->leg_out[gap.right_place];
    } else if (p->priced) {
        int64_t table = p->price_kind[gap.vehicle] * (int64_t)p->places * p->places;
        units += (int64_t)o->leg_in[table + gap.left_place] + o->leg_out[table + gap.right_place];
    } else {
        units += lm_leg_units(p, gap.vehicle, o->metres_in[gap.left_place], o->seconds_in[gap.left_place]);
        units += lm_leg_units(p, gap.vehicle, o->metres_out[gap.right_place], o->seconds_out[gap.right_place]);
    }
    if ((mode & LM_RICH) && p->even == 2)
        units += lm_even_units(p, route->share + p->even_share[o->order]) - lm_even_units(p, route->share);
    if ((mode & LM_RICH) && p->extra) {
        if (units + least_extra(s, o, &gap) >= best->units)
            return;
    } else if (mode & LM_SPANS) { /* at best all the waiting on the route is turned into service */
        if (units + (o->service - route->waiting) * p->second_units[gap.vehicle] >= best->units)
            return;
    } else if (units >= best->units) {
        return;
    }
    if ((mode & LM_RICH) && p->company) {
        if (o->only >= 0 && o->only != gap.vehicle)
            return;
        if (!lm_sequence_fits(s, o->order, gap.vehicle, gap.left, gap.right))
            return;
        units += p->wish[(int64_t)o->order * p->vehicles + gap.vehicle];
        units += lm_apart(s, o->order, gap.vehicle) * *p->tidy_units;
    }
    if (!(mode & LM_SIMPLE)) {
        if (p->picky && !p->allowed[(int64_t)o->order * p->vehicles + gap.vehicle])
            return;
        if (p->limited) {
            int64_t metres = (int64_t)o->metres_in[gap.left_place] + o->metres_out[gap.right_place];
            if (route->stops >= p->max_stops[gap.vehicle] ||
                route->metres + metres - s->time[gap.left].metres > p->max_metres[gap.vehicle])
                return;
        }
        if (!((mode & LM_RICH) && o->half) && !load_fits(s, o, gap.left, gap.vehicle))
            return;
    }
    if ((mode & LM_TIMED) && p->timed) {
        in = o->seconds_in[gap.left_place];
        out = o->seconds_out[gap.right_place];
        if ((mode & LM_RICH) && p->no_way && (in >= LM_NO_WAY || out >= LM_NO_WAY))
            return;
        if (!time_fits(s, o, &gap, in, out, mode))
            return;
        if ((mode & LM_SPANS) && p->needs_seconds[gap.vehicle]) {
            units += idle_units(s, o, &gap, in, out);
            if (units >= best->units)
                return;
        }
        if ((mode & LM_RICH) &&
            ((s->strict && p->exact[gap.vehicle]) || (p->rest_count[gap.vehicle] && reload_delay(s, gap.right))) &&
            !exact_fits(s, o->order, gap.left, gap.vehicle, in, out))
            return;
    }
    if ((mode & LM_RICH) && (p->extra || p->company) && units >= best->units)
        return;
    if (--s->blink <= 0) {
        s->blink = 1 + lm_below(s, 199);
        return;
    }
    best->left = gap.left;
    best->units = units;
}

#endif
