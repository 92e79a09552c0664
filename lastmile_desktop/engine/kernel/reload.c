/* Second trips. The reloads of a vehicle are nodes of its route, numbered behind the orders. One with no trip
 * before it stands at the front, where it takes no time and no way; all others lie between two trips. */
#include "kernel.h"

/* Largest load on board on the legs up to and from each gap, within its trip. */
void lm_refresh_trips(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, dims = p->dims, x, y, d, aboard[3] = {0, 0, 0};
    for (x = begin; x != end; x = s->link[x].next) {
        int32_t *before = lm_peak_before(s, x), *after = lm_peak_after(s, x);
        lm_save(s, x);
        if (x >= p->real) { /* what the trip delivers comes on board here */
            for (d = 0; d < dims; d++)
                aboard[d] = 0;
            for (y = s->link[x].next; y < p->real; y = s->link[y].next)
                for (d = 0; d < dims && !p->pickup[y] && p->partner[y] < 0; d++)
                    aboard[d] += p->demand[(int64_t)y * dims + d];
        }
        for (d = 0; d < dims; d++) {
            if (x < p->real)
                aboard[d] += (p->pickup[x] ? 1 : -1) * p->demand[(int64_t)x * dims + d];
            after[d] = aboard[d];
            before[d] = x < p->real ? lm_later(lm_peak_before(s, s->link[x].prev)[d], aboard[d]) : aboard[d];
        }
    }
    for (x = s->link[end].prev; x != begin; x = s->link[x].prev)
        for (d = 0; d < dims && x < p->real; d++) {
            int32_t *after = lm_peak_after(s, s->link[x].prev);
            after[d] = lm_later(after[d], lm_peak_after(s, x)[d]);
        }
}

/* Two trips that have become one may be too much. */
int lm_keeps_trips(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, x, d;
    for (x = begin; x != end; x = s->link[x].next)
        for (d = 0; d < p->dims && x >= p->real; d++)
            if (lm_peak_after(s, x)[d] > p->capacity[(int64_t)vehicle * p->dims + d])
                return 0;
    return 1;
}

static void move_behind(lm_state *s, int32_t reload, int32_t left)
{
    int32_t before = s->link[reload].prev, after = s->link[reload].next;
    if (left == reload || left == before)
        return;
    lm_leave_route(s, reload);
    lm_connect(s, before, after);
    lm_insert(s, left, reload);
}

/* Is a shipment on board behind this node, so that a reload there would split it? */
static int is_aboard(const lm_state *s, int32_t vehicle, int32_t node)
{
    const lm_problem *p = s->p;
    int32_t x, aboard = 0;
    if (!p->pairs)
        return 0;
    for (x = node; x < p->real; x = s->link[x].prev)
        if (p->partner[x] >= 0 && s->link[p->partner[x]].route == vehicle)
            aboard += p->pickup[x] ? 1 : -1;
    return aboard != 0;
}

/* After stops have left a route behind the node `hole`: now and then a reload there is given up, or one that
 * stands unused at the front begins a trip there, unless it would split a shipment. */
void lm_move_reloads(lm_state *s, int32_t vehicle, int32_t hole)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, draw = lm_below(s, 4), next;
    next = s->link[hole].next;
    if (draw == 0) {
        if (hole >= p->real && hole < p->orders)
            move_behind(s, hole, begin);
        else if (next >= p->real && next < p->orders)
            move_behind(s, next, begin);
    } else if (draw < 3 && hole < p->real && next < p->real) {
        int32_t unused = s->link[begin].next;
        if (unused >= p->real && unused < p->orders && !is_aboard(s, vehicle, hole))
            move_behind(s, unused, hole);
    }
    lm_clear_end(s, vehicle);
}

/* Reloads with no trip behind them go back to the front. */
void lm_clear_end(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, last;
    while (s->route[vehicle].stops && (last = s->link[end].prev) >= p->real && last < p->orders)
        move_behind(s, last, begin);
}
