/* Another vehicle for a whole route, where vehicles are of several classes: ruin and recreate alone hardly ever
 * gets there, because the first stop of an empty vehicle pays for all of it (fleet size and mix, Golden et al. 1984;
 * the exchange of whole routes as in Pessoa, Sadykov and Uchoa 2018). What does not fit there joins the pool. */
#include "kernel.h"

/* Take all orders off a route; they are left at the end of the pool, in their sequence. Returns how many. */
static int64_t unload(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, x = s->link[begin].next, next;
    int64_t from = s->pool_size;
    lm_touch(s, vehicle);
    if (x == end)
        return 0;
    for (; x != end; x = next) {
        next = s->link[x].next;
        lm_leave_route(s, x);
        s->pool[s->pool_size++] = x;
    }
    lm_connect(s, begin, end);
    lm_refresh(s, vehicle, (lm_change){end, end, begin, begin});
    lm_note_use(s, vehicle);
    return s->pool_size - from;
}

/* Put pool[from .. from + count) at the end of an empty route one after the other; those that do not fit stay in
 * the pool, moved up to `to`. Returns where the next one would stay. */
static int64_t load(lm_state *s, int32_t vehicle, int64_t from, int64_t count, int64_t to)
{
    int64_t i;
    for (i = from; i < from + count; i++) {
        int32_t order = s->pool[i], left = lm_last_gap(s, order, vehicle);
        if (left < 0) { /* what only goes in together with others (shipments) belongs here too */
            s->pool[to++] = order;
            continue;
        }
        lm_insert(s, left, order);
        lm_refresh(s, vehicle, (lm_change){order, order, order, order});
        lm_note_use(s, vehicle);
    }
    return to;
}

static int may_exchange(const lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t x = s->link[p->orders + vehicle].next;
    if (p->vehicle_class[vehicle] < 0)
        return 0;
    for (; x < p->orders; x = s->link[x].next)
        if (p->locked[x])
            return 0;
    return 1;
}

/* A random empty vehicle of another class than `vehicle`; none: the one of a random order nearby. -1: no other. */
static int32_t other_vehicle(lm_state *s, int32_t order, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t c = lm_below(s, p->classes - 1), other;
    c += c >= p->vehicle_class[vehicle];
    if (s->class_free[c])
        return s->free_list[s->class_at[c] + s->class_free[c] - 1];
    if (!p->near)
        return -1;
    other = s->link[p->near_orders[(int64_t)order * p->near + lm_below(s, p->near)]].route;
    return other < 0 || p->vehicle_class[other] == p->vehicle_class[vehicle] || !may_exchange(s, other) ? -1 : other;
}

/* Let the route of `order` and another vehicle's (or an empty one) change places, at the beginning of a step. */
void lm_exchange(lm_state *s, int32_t order)
{
    int32_t vehicle = s->link[order].route, other;
    int64_t mine, theirs, to;
    if (vehicle < 0 || !may_exchange(s, vehicle))
        return;
    other = other_vehicle(s, order, vehicle);
    if (other < 0 || s->p->reloads[vehicle] || s->p->reloads[other])
        return;
    mine = unload(s, vehicle);
    theirs = unload(s, other);
    to = load(s, other, 0, mine, 0);
    s->pool_size = load(s, vehicle, mine, theirs, to);
}
