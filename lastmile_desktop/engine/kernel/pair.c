/* Where to look for the cheapest two gaps for a shipment: first where its pickup may go, and there, with the pickup
 * put in for a moment, each gap behind it for its delivery. */
#include "gap.h"

#define EMPTY_CHANCE 10
#define EMPTY_CLASSES 8
#define PAIR_MODE (LM_TIMED | LM_SPANS | LM_RICH)

/* All gaps behind the pickup, as long as the goods find room and in the same trip: no reload splits a shipment. */
static void try_behind(lm_state *s, const lm_probe *delivery, int32_t vehicle, int32_t pickup, lm_gap *best)
{
    const lm_problem *p = s->p;
    const int32_t *capacity = p->capacity + (int64_t)vehicle * p->dims;
    int32_t x = p->orders + vehicle, end = x + p->vehicles, behind = 0, aboard[3], d;
    for (d = 0; d < p->dims; d++)
        aboard[d] = p->reloads[vehicle] ? lm_peak_before(s, x)[d]
                                        : capacity[d] - s->slack[(int64_t)vehicle * p->dims + d];
    while ((x = s->link[x].next) != end) {
        lm_link *link = &s->link[x];
        behind |= x == pickup;
        if (x >= p->real) { /* another trip begins with what it delivers on board */
            if (behind)
                return;
            for (d = 0; d < p->dims; d++)
                aboard[d] = lm_peak_before(s, x)[d];
            continue;
        }
        for (d = 0; d < p->dims; d++) {
            int32_t amount = p->demand[(int64_t)x * p->dims + d];
            aboard[d] += p->pickup[x] ? amount : -amount;
            if (behind && aboard[d] > capacity[d])
                return;
        }
        if (behind)
            lm_test_gap(s, delivery,
                        (lm_spot){vehicle, x, s->place[x], link->next, link->next_place, link->leg_out, 0}, PAIR_MODE,
                        best);
    }
}

static int64_t leg_units(const lm_state *s, int32_t vehicle, int32_t from, int32_t to)
{
    const lm_problem *p = s->p;
    int64_t cell = (int64_t)from * p->places + to;
    if (!p->priced)
        return lm_leg_units(p, vehicle, p->metres[cell], p->seconds[cell]);
    return p->leg[p->price_kind[vehicle] * (int64_t)p->places * p->places + cell];
}

/* The least that the delivery's legs cost in this gap, behind the pickup, or in any gap behind it; at best all the
 * waiting on the route is turned into service. Only an estimate: looking closer costs a hundred times as much. */
static int64_t least_behind(const lm_state *s, const lm_probe *delivery, int32_t pickup, const lm_spot *gap)
{
    const lm_problem *p = s->p;
    int32_t vehicle = gap->vehicle, from = s->place[pickup], place = s->place[delivery->order], x = gap->right;
    int64_t least = leg_units(s, vehicle, from, place) + leg_units(s, vehicle, place, gap->right_place) -
                    leg_units(s, vehicle, from, gap->right_place), units;
    for (; x < p->real; x = s->link[x].next) {
        units = leg_units(s, vehicle, s->place[x], place) + leg_units(s, vehicle, place, s->link[x].next_place);
        units -= s->link[x].leg_out;
        least = units < least ? units : least;
    }
    return least + (int64_t)(delivery->service - s->route[vehicle].waiting) * p->second_units[vehicle];
}

static void try_pair(lm_state *s, const lm_probe *pickup, const lm_probe *delivery, lm_spot gap, lm_pair *best)
{
    lm_gap first = {best->units, -1}, second = {0, -1};
    int32_t order = pickup->order;
    if (!s->p->allowed[(int64_t)delivery->order * s->p->vehicles + gap.vehicle])
        return;
    lm_test_gap(s, pickup, gap, PAIR_MODE, &first);
    if (first.left < 0)
        return;
    if (!s->p->extra && first.units + least_behind(s, delivery, order, &gap) >= best->units)
        return;
    lm_touch(s, gap.vehicle);
    lm_insert(s, gap.left, order);
    lm_refresh(s, gap.vehicle, (lm_change){order, order, order, order});
    second.units = best->units - first.units;
    s->strict = 1;
    try_behind(s, delivery, gap.vehicle, order, &second);
    s->strict = 0;
    lm_leave_route(s, order);
    lm_connect(s, gap.left, gap.right);
    lm_refresh(s, gap.vehicle, (lm_change){gap.right, gap.right, gap.left, gap.left});
    if (second.left >= 0)
        *best = (lm_pair){first.units + second.units, gap.left, second.left};
}

static void try_behind_node(lm_state *s, const lm_probe *pickup, const lm_probe *delivery, int32_t left, lm_pair *best)
{
    const lm_link *link = &s->link[left];
    int64_t opening = s->route[link->route].stops ? 0 : s->p->fixed_units[link->route];
    lm_spot gap = {link->route, left, s->place[left], link->next, link->next_place, link->leg_out, opening};
    try_pair(s, pickup, delivery, gap, best);
}

static void try_pair_near(lm_state *s, const lm_probe *pickup, const lm_probe *delivery, lm_pair *best)
{
    const lm_problem *p = s->p;
    const int32_t *near = p->beside_orders + (int64_t)pickup->order * p->beside;
    int32_t i, placed = 0;
    for (i = 0; i < p->beside && placed < p->near_insert; i++) {
        if (s->link[near[i]].route < 0)
            continue;
        placed++;
        try_behind_node(s, pickup, delivery, near[i], best);
        try_behind_node(s, pickup, delivery, s->link[near[i]].prev, best);
    }
}

static void try_pair_route(lm_state *s, const lm_probe *pickup, const lm_probe *delivery, int32_t vehicle,
                           lm_pair *best)
{
    int32_t x = s->p->orders + vehicle, end = x + s->p->vehicles;
    if (s->route[vehicle].stops)
        for (; x != end; x = s->link[x].next)
            try_behind_node(s, pickup, delivery, x, best);
}

static void try_pair_empty(lm_state *s, const lm_probe *pickup, const lm_probe *delivery, int32_t most, lm_pair *best)
{
    const lm_problem *p = s->p;
    int32_t i, c, vehicle;
    if (!p->classes)
        return;
    c = most < p->classes ? lm_below(s, p->classes) : 0;
    for (i = 0; i < p->classes && i < most; i++, c = c + 1 < p->classes ? c + 1 : 0)
        if (s->class_free[c]) {
            vehicle = s->free_list[s->class_at[c] + s->class_free[c] - 1];
            /* behind the start, or the last reload there */
            try_behind_node(s, pickup, delivery, s->link[p->orders + p->vehicles + vehicle].prev, best);
        }
}

/* The cheapest place that was looked at for two halves that are both on no route; left is -1 when there is none. */
lm_pair lm_cheapest_pair(lm_state *s, int32_t pickup, int32_t delivery)
{
    const lm_problem *p = s->p;
    lm_pair best = {s->force ? LM_ANY_PRICE : p->penalty[pickup] + p->penalty[delivery], -1, -1};
    int was_out = s->steps > 0 && s->was_absent[pickup] == s->steps && p->group[pickup] < 0 && p->group[delivery] < 0;
    int64_t i, touched = s->touched_size;
    lm_probe first, second;
    lm_look_at(s, pickup, &first);
    lm_look_at(s, delivery, &second);
    first.half = second.half = 1;
    if (first.only >= 0 && second.only >= 0 && first.only != second.only)
        return best;
    first.only = second.only = first.only >= 0 ? first.only : second.only;
    if (first.only >= 0) {
        try_pair_route(s, &first, &second, first.only, &best);
        return best;
    }
    if (!was_out)
        try_pair_near(s, &first, &second, &best);
    if (best.left < 0)
        for (i = 0; i < (was_out ? touched : p->vehicles); i++)
            try_pair_route(s, &first, &second, was_out ? s->touched[i] : (int32_t)i, &best);
    if (best.left < 0)
        try_pair_empty(s, &first, &second, p->classes, &best);
    else if (lm_below(s, EMPTY_CHANCE) == 0)
        try_pair_empty(s, &first, &second, EMPTY_CLASSES, &best);
    return best;
}
