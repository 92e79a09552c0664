/* The insertion test: may this order go into this gap, and what does that cost? */
#include "kernel.h"

#define EMPTY_CHANCE 10

static int load_fits(const lm_state *s, int32_t order, int32_t left, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t d;
    for (d = 0; d < p->dims; d++) {
        int64_t amount = p->demand[(int64_t)order * p->dims + d], aboard;
        if (!amount)
            continue; /* must not fail where a limit is reached already, like the checker */
        if (!p->mixed)
            aboard = s->load[(int64_t)vehicle * p->dims + d];
        else
            aboard = (p->pickup[order] ? s->peak_after : s->peak_before)[(int64_t)left * p->dims + d];
        if (aboard + amount > p->capacity[(int64_t)vehicle * p->dims + d])
            return 0;
    }
    return 1;
}

static int time_fits(const lm_state *s, int32_t order, int32_t left, int32_t vehicle, int32_t in, int32_t out)
{
    const lm_problem *p = s->p;
    int32_t stride = p->rests + 1, count = p->rest_count[vehicle], k;
    const int64_t *leave = s->leave + (int64_t)left * stride;
    const int64_t *due = s->due + (int64_t)s->node[left].next * stride;
    int64_t time[LM_MAX_RESTS + 1], start;
    if (p->no_way && (in >= LM_NO_WAY || out >= LM_NO_WAY))
        return 0;
    if (!count) {
        start = lm_service_start(p, order, leave[0] + in);
        return start + p->service[order] + out <= due[0];
    }
    for (k = 0; k <= count; k++)
        time[k] = leave[k];
    lm_rest(p, vehicle, time);
    for (k = 0; k <= count; k++)
        if (time[k] < LM_NEVER)
            time[k] += in;
    lm_rest(p, vehicle, time);
    for (k = 0; k <= count; k++) {
        start = time[k] < LM_NEVER ? lm_service_start(p, order, time[k]) : LM_NEVER;
        time[k] = start < LM_NEVER ? start + p->service[order] : LM_NEVER;
    }
    lm_rest(p, vehicle, time);
    for (k = 0; k <= count; k++)
        if (time[k] < LM_NEVER && time[k] + out <= due[k])
            return 1;
    return 0;
}

/* The duration limit where only a walk along the whole route can tell: put the order in for a moment. */
static int exact_fits(lm_state *s, int32_t order, int32_t left, int32_t vehicle, int32_t in, int32_t out)
{
    int32_t right = s->node[left].next, drive = s->node[left].drive;
    int64_t seconds;
    if (s->p->max_seconds[vehicle] >= LM_NEVER)
        return 1;
    s->node[left].next = s->node[right].prev = order;
    s->node[order].next = right;
    s->node[order].prev = left;
    s->node[left].drive = in;
    s->node[order].drive = out;
    seconds = lm_exact_seconds(s, vehicle);
    s->node[left].next = right;
    s->node[right].prev = left;
    s->node[left].drive = drive;
    return seconds <= s->p->max_seconds[vehicle];
}

static int exact_fits_there(lm_state *s, int32_t order, int32_t left, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int64_t place = (int64_t)s->node[order].place * p->places;
    int32_t from = s->node[left].place, to = s->node[s->node[left].next].place;
    return exact_fits(s, order, left, vehicle, p->seconds_in[place + from], p->seconds[place + to]);
}

/* Improve `best` by the gap behind `left`, unless it is skipped by chance or a rule forbids it. The cheap tests
 * come first: most gaps fail by their price. */
static void try_gap(lm_state *s, int32_t order, int32_t left, lm_gap *best)
{
    const lm_problem *p = s->p;
    lm_node *node = &s->node[left];
    int32_t vehicle = node->route;
    const lm_route *route = &s->route[vehicle];
    int64_t place = (int64_t)s->node[order].place * p->places, metres, units;
    int32_t from = node->place, to = s->node[node->next].place, in = 0, out = 0;
    if (node->stamp == s->tries)
        return;
    node->stamp = s->tries;
    if (--s->blink <= 0) {
        s->blink = 1 + lm_below(s, 199);
        return;
    }
    if (p->picky && !p->allowed[(int64_t)order * p->vehicles + vehicle])
        return;
    metres = (int64_t)p->metres_in[place + from] + p->metres[place + to] - node->metres;
    units = metres * p->metre_units[vehicle] + (route->stops ? 0 : p->fixed_units[vehicle]);
    if (units >= best->units) /* a stop more does not make a route shorter in time */
        return;
    if (p->timed) {
        in = p->seconds_in[place + from];
        out = p->seconds[place + to];
    }
    if (p->timed && p->needs_seconds[vehicle]) {
        lm_span all = lm_join(node->head, in, lm_visit(p, order, node->head, in));
        all = lm_join(all, out, s->node[node->next].tail);
        units += (all.length - route->seconds) * p->second_units[vehicle];
        if (units >= best->units || (!p->exact[vehicle] && all.length > p->max_seconds[vehicle]))
            return;
    }
    if (route->stops >= p->max_stops[vehicle] || route->metres + metres > p->max_metres[vehicle])
        return;
    if (!load_fits(s, order, left, vehicle))
        return;
    if (p->timed && !time_fits(s, order, left, vehicle, in, out))
        return;
    if (s->strict && p->exact[vehicle] && !exact_fits(s, order, left, vehicle, in, out))
        return;
    best->left = left;
    best->units = units;
}

/* Gaps beside the nearest orders that are on a route. */
static void try_near(lm_state *s, int32_t order, lm_gap *best)
{
    const lm_problem *p = s->p;
    const int32_t *near = p->near_orders + (int64_t)order * p->near;
    int32_t i, placed = 0;
    for (i = 0; i < p->near && placed < p->near_insert; i++) {
        int32_t other = near[i];
        if (s->node[other].route < 0)
            continue;
        placed++;
        try_gap(s, order, other, best);
        try_gap(s, order, s->node[other].prev, best);
    }
}

static void try_all(lm_state *s, int32_t order, lm_gap *best)
{
    const lm_problem *p = s->p;
    int32_t vehicle, x, d;
    for (vehicle = 0; vehicle < p->vehicles; vehicle++) {
        int32_t begin = p->orders + vehicle, end = begin + p->vehicles, full = 0;
        if (!s->route[vehicle].stops)
            continue;
        for (d = 0; d < p->dims && !p->mixed; d++) {
            int64_t amount = p->demand[(int64_t)order * p->dims + d], cell = (int64_t)vehicle * p->dims + d;
            full |= amount && s->load[cell] + amount > p->capacity[cell];
        }
        if (full || (p->picky && !p->allowed[(int64_t)order * p->vehicles + vehicle]))
            continue;
        for (x = begin; x != end; x = s->node[x].next)
            try_gap(s, order, x, best);
    }
}

/* One empty vehicle of up to `most` classes, beginning with a random one. */
static void try_empty(lm_state *s, int32_t order, int32_t most, lm_gap *best)
{
    const lm_problem *p = s->p;
    int32_t i, c;
    if (!p->classes)
        return;
    c = most < p->classes ? lm_below(s, p->classes) : 0;
    for (i = 0; i < p->classes && i < most; i++, c = c + 1 < p->classes ? c + 1 : 0)
        if (s->class_free[c])
            try_gap(s, order, p->orders + s->free_list[s->class_at[c] + s->class_free[c] - 1], best);
}

static lm_gap look_around(lm_state *s, int32_t order)
{
    lm_gap best = {-1, s->force ? LM_NEVER : s->p->penalty[order]};
    s->tries++;
    try_near(s, order, &best);
    if (best.left < 0 && (s->was_absent[order] != s->steps || s->steps == 0 || lm_below(s, 8) == 0))
        try_all(s, order, &best);
    if (best.left >= 0 && lm_below(s, EMPTY_CHANCE) == 0)
        try_empty(s, order, 8, &best);
    if (best.left < 0)
        try_empty(s, order, s->p->classes, &best);
    return best;
}

/* The cheapest gap that was looked at; left is -1 when none is allowed or worth its price. Orders that were out before the step
 * are looked for everywhere only now and then: on a day with too few vehicles that would be all we do. */
lm_gap lm_cheapest_gap(lm_state *s, int32_t order)
{
    lm_gap best = look_around(s, order);
    int32_t vehicle = best.left < 0 ? 0 : s->node[best.left].route;
    if (best.left >= 0 && s->p->exact[vehicle] && !exact_fits_there(s, order, best.left, vehicle)) {
        /* Rare, and the walk is long: so only now it is made for each gap. */
        s->strict = 1;
        best = look_around(s, order);
        s->strict = 0;
    }
    return best;
}
